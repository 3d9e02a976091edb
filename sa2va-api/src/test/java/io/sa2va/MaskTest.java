package io.sa2va;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskTest {
  @TempDir Path folder;

  private final Mask block = Masks.where(70, 9, (x, y) -> x >= 60 && x < 67 && y >= 3 && y < 5);

  @Test
  void get_everyPixel_isWhatWasGiven() {
    for (int seed = 0; seed < 100; seed++) {
      Mask mask = Masks.random(seed);
      boolean[] set = new boolean[mask.width() * mask.height()];
      int area = 0;
      for (int i = 0; i < set.length; i++) {
        set[i] = mask.get(i % mask.width(), i / mask.width());
        area += set[i] ? 1 : 0;
      }
      assertThat(Mask.of(mask.width(), mask.height(), set)).isEqualTo(mask);
      assertThat(mask.area()).isEqualTo(area);
      assertThat(mask.isEmpty()).isEqualTo(area == 0);
    }
  }

  @Test
  void ofPackedRows_packedRows_givesTheMaskBack() {
    for (int seed = 0; seed < 100; seed++) {
      Mask mask = Masks.random(seed);
      assertThat(Mask.ofPackedRows(mask.width(), mask.height(), mask.packedRows()))
          .as("seed %d", seed)
          .isEqualTo(mask);
    }
  }

  @Test
  void ofPackedRows_leftmostPixel_isTheHighestBit() {
    Mask mask = Mask.ofPackedRows(10, 2, new byte[] {(byte) 0x80, 0x40, 0x01, 0});
    assertThat(mask).isEqualTo(Masks.where(10, 2, (x, y) -> y == 0 ? x % 9 == 0 : x == 7));
  }

  @Test
  void ofPackedRows_spareBits_areIgnored() {
    Mask mask = Mask.ofPackedRows(3, 1, new byte[] {(byte) 0xFF});
    assertThat(mask.area()).isEqualTo(3);
    assertThat(mask.packedRows()).containsExactly(0xE0);
  }

  @Test
  void box_block_isAroundIt() {
    assertThat(block.box()).isEqualTo(new Box(60, 3, 7, 2));
  }

  @Test
  void box_randomMasks_isTheSmallest() {
    for (int seed = 0; seed < 100; seed++) {
      Mask mask = Masks.random(seed);
      Box box = mask.box();
      assertThat(box == null).isEqualTo(mask.isEmpty());
      if (box != null) {
        Mask inside =
            Masks.where(
                mask.width(),
                mask.height(),
                (x, y) ->
                    x >= box.x()
                        && x < box.x() + box.width()
                        && y >= box.y()
                        && y < box.y() + box.height());
        assertThat(mask.minus(inside).isEmpty()).isTrue();
        assertThat(mask.intersection(inside).box()).isEqualTo(box);
        assertThat(hasPixelOnEachSide(mask, box)).as("seed %d", seed).isTrue();
      }
    }
  }

  private static boolean hasPixelOnEachSide(Mask mask, Box box) {
    boolean left = false;
    boolean right = false;
    for (int y = 0; y < mask.height(); y++) {
      left |= mask.get(box.x(), y);
      right |= mask.get(box.x() + box.width() - 1, y);
    }
    boolean top = false;
    boolean bottom = false;
    for (int x = 0; x < mask.width(); x++) {
      top |= mask.get(x, box.y());
      bottom |= mask.get(x, box.y() + box.height() - 1);
    }
    return left && right && top && bottom;
  }

  @Test
  void setOperations_everyPixel_followTheirRule() {
    Mask a = Masks.where(67, 5, (x, y) -> (x * 3 + y) % 5 < 2);
    Mask b = Masks.where(67, 5, (x, y) -> (x + y * y) % 3 == 0);
    assertThat(a.union(b)).isEqualTo(Masks.where(67, 5, (x, y) -> a.get(x, y) || b.get(x, y)));
    assertThat(a.intersection(b))
        .isEqualTo(Masks.where(67, 5, (x, y) -> a.get(x, y) && b.get(x, y)));
    assertThat(a.minus(b)).isEqualTo(Masks.where(67, 5, (x, y) -> a.get(x, y) && !b.get(x, y)));
    assertThat(a.inverse()).isEqualTo(Masks.where(67, 5, (x, y) -> !a.get(x, y)));
    assertThat(a.inverse().area()).isEqualTo(67 * 5 - a.area());
  }

  @Test
  void union_otherSize_namesBoth() {
    assertThatThrownBy(() -> block.union(Mask.empty(70, 8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("70x9")
        .hasMessageContaining("70x8");
  }

  @Test
  void iou_halfOverlap_isAThird() {
    Mask left = Masks.where(4, 1, (x, y) -> x < 2);
    Mask middle = Masks.where(4, 1, (x, y) -> x == 1 || x == 2);
    assertThat(left.iou(middle)).isEqualTo(1 / 3.0);
    assertThat(left.iou(left)).isEqualTo(1);
    assertThat(Mask.empty(4, 1).iou(left)).isZero();
    assertThat(Mask.empty(4, 1).iou(Mask.empty(4, 1))).isEqualTo(1);
  }

  @Test
  void get_outside_isRefused() {
    assertThatThrownBy(() -> block.get(70, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> block.get(0, -1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void of_wrongCountOrSize_isRefused() {
    assertThatThrownBy(() -> Mask.of(3, 3, new boolean[8]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("set must have 9 entries, but had 8");
    assertThatThrownBy(() -> Mask.empty(0, 3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Mask.empty(1 << 20, 1 << 20))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void writePng_file_isGreyWith0And255() throws IOException {
    Path file = folder.resolve("mask.png");
    block.writePng(file);
    BufferedImage read = ImageIO.read(file.toFile());
    assertThat(read.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
    assertThat(read.getRaster().getSample(61, 4, 0)).isEqualTo(255);
    assertThat(read.getRaster().getSample(0, 0, 0)).isZero();
    assertThat(Mask.read(file)).isEqualTo(block);
  }

  @Test
  void writePng_stream_staysOpenAndHoldsTheSame() throws IOException {
    boolean[] closed = {false};
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    block.writePng(out);
    assertThat(closed[0]).isFalse();
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
    assertThat(Mask.of(Image.of(read))).isEqualTo(block);
  }

  @Test
  void writePng_existingFile_isReplacedAndNothingElseLeft() throws IOException {
    Path file = Files.writeString(folder.resolve("mask.png"), "old");
    block.writePng(file);
    assertThat(Mask.read(file)).isEqualTo(block);
    assertThat(filesIn(folder)).containsExactly("mask.png");
  }

  @Test
  void writePng_targetCannotBeReplaced_leavesItAndNothingElse() throws IOException {
    Path target = Files.createDirectory(folder.resolve("mask.png"));
    Files.writeString(target.resolve("inside"), "keep");
    assertThatThrownBy(() -> block.writePng(target))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("mask.png");
    assertThat(filesIn(folder)).containsExactly("mask.png");
    assertThat(filesIn(target)).containsExactly("inside");
  }

  @Test
  void writePng_missingFolder_namesTheFile() {
    Path file = folder.resolve("none").resolve("mask.png");
    assertThatThrownBy(() -> block.writePng(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file.toString())
        .hasRootCauseMessage(file + ": its folder is not there; make it first");
  }

  @Test
  void writePng_file_hasThePermissionsOfAnyNewFile() throws IOException {
    Path file = folder.resolve("mask.png");
    block.writePng(file);
    Path other = Files.createFile(folder.resolve("other"));
    assertThat(file.toFile().canRead()).isTrue();
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertThat(Files.getPosixFilePermissions(file))
          .isEqualTo(Files.getPosixFilePermissions(other));
    }
  }

  private static List<String> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void read_transparentPicture_isSetWhereItShows() throws IOException {
    BufferedImage drawing = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    drawing.setRGB(0, 0, 0xFFFF0000);
    drawing.setRGB(1, 0, 0xFF000000);
    Path file = folder.resolve("drawing.png");
    ImageIO.write(drawing, "png", file.toFile());
    assertThat(Mask.read(file)).isEqualTo(Masks.where(3, 1, (x, y) -> x == 0));
  }

  @Test
  void cutOut_picture_showsOnlyWhatIsSet() {
    Image picture = Image.ofRgb(2, 1, new byte[] {10, 20, 30, 40, 50, 60});
    BufferedImage cut = Masks.where(2, 1, (x, y) -> x == 1).cutOut(picture);
    assertThat(cut.getRGB(0, 0)).isZero();
    assertThat(cut.getRGB(1, 0)).isEqualTo(0xFF28323C);
    assertThatThrownBy(() -> block.cutOut(picture)).isInstanceOf(IllegalArgumentException.class);
  }
}
