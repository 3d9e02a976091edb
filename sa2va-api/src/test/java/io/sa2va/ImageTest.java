package io.sa2va;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageTest {
  @TempDir Path folder;

  private static Image random(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    new Random(5).nextBytes(rgb);
    return Image.ofRgb(width, height, rgb);
  }

  private static BufferedImage component(int space, int dataType, int bands) {
    boolean alpha = bands == 2 || bands == 4;
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(space),
            alpha,
            false,
            alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
            dataType);
    WritableRaster raster = model.createCompatibleWritableRaster(4, 1);
    return new BufferedImage(model, raster, false, null);
  }

  private static Image throughFile(BufferedImage picture, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(picture, format, out)).isTrue();
    return Image.read(out.toByteArray());
  }

  @Test
  void ofRgb_bytes_areCopiedBothWays() {
    byte[] rgb = {1, 2, 3, (byte) 200, (byte) 201, (byte) 202};
    Image image = Image.ofRgb(2, 1, rgb);
    rgb[0] = 99;
    image.rgb()[1] = 99;
    assertThat(image.rgbAt(0, 0)).isEqualTo(0x010203);
    assertThat(image.rgbAt(1, 0)).isEqualTo(0xC8C9CA);
  }

  @Test
  void rgbView_isReadOnly() {
    ByteBuffer view = random(3, 2).rgbView();
    assertThat(view.remaining()).isEqualTo(18);
    assertThatThrownBy(() -> view.put(0, (byte) 1)).isInstanceOf(ReadOnlyBufferException.class);
  }

  @Test
  void ofRgb_wrongCountOrSize_isRefused() {
    assertThatThrownBy(() -> Image.ofRgb(2, 2, new byte[11]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rgb must have 12 entries, but had 11");
    assertThatThrownBy(() -> Image.ofRgb(0, 2, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0x2");
    assertThatThrownBy(() -> Image.ofRgb(50_000, 50_000, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("500000000");
  }

  @Test
  void ofArgb_transparency_liesOnWhite() {
    Image image = Image.ofArgb(3, 1, new int[] {0xFF102030, 0x00102030, 0x80000000});
    assertThat(image.rgbAt(0, 0)).isEqualTo(0x102030);
    assertThat(image.rgbAt(1, 0)).isEqualTo(0xFFFFFF);
    assertThat(image.rgbAt(2, 0)).isEqualTo(0x7F7F7F);
  }

  @Test
  void toBufferedImage_of_givesTheImageBack() {
    Image image = random(37, 11);
    assertThat(Image.of(image.toBufferedImage())).isEqualTo(image);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_INT_ARGB_PRE,
        BufferedImage.TYPE_INT_BGR,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_4BYTE_ABGR_PRE
      })
  void of_opaquePictureOfAnyType_keepsEveryByte(int type) {
    Image image = random(16, 16);
    BufferedImage copy = new BufferedImage(16, 16, type);
    for (int i = 0; i < 256; i++) {
      copy.setRGB(i % 16, i / 16, 0xFF000000 | image.rgbAt(i % 16, i / 16));
    }
    assertThat(Image.of(copy)).isEqualTo(image);
  }

  @Test
  void of_partOfAPicture_isThatPart() {
    Image image = random(9, 8);
    Image part = Image.of(image.toBufferedImage().getSubimage(3, 2, 4, 5));
    assertThat(part.width()).isEqualTo(4);
    assertThat(part.height()).isEqualTo(5);
    assertThat(part.rgbAt(0, 0)).isEqualTo(image.rgbAt(3, 2));
    assertThat(part.rgbAt(3, 4)).isEqualTo(image.rgbAt(6, 6));
  }

  @Test
  void of_small565Samples_reachBothEnds() {
    BufferedImage picture = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_565_RGB);
    picture.setRGB(1, 0, 0xFFFFFFFF);
    assertThat(Image.of(picture).rgbAt(0, 0)).isZero();
    assertThat(Image.of(picture).rgbAt(1, 0)).isEqualTo(0xFFFFFF);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp"})
  void read_losslessFile_keepsEveryByte(String format) throws IOException {
    Image image = random(31, 17);
    assertThat(throughFile(image.toBufferedImage(), format)).isEqualTo(image);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "gif"})
  void read_grey_keepsEveryLevel(String format) throws IOException {
    BufferedImage ramp = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
    for (int level = 0; level < 256; level++) {
      ramp.getRaster().setSample(level, 0, 0, level);
    }
    Image image = throughFile(ramp, format);
    for (int level = 0; level < 256; level++) {
      assertThat(image.rgbAt(level, 0)).isEqualTo(level * 0x010101);
    }
  }

  @Test
  void read_grey16_keepsTheHighByte() throws IOException {
    BufferedImage ramp = new BufferedImage(256, 1, BufferedImage.TYPE_USHORT_GRAY);
    for (int level = 0; level < 256; level++) {
      ramp.getRaster().setSample(level, 0, 0, level << 8 | 0xA7);
    }
    Image image = throughFile(ramp, "png");
    for (int level = 0; level < 256; level++) {
      assertThat(image.rgbAt(level, 0)).isEqualTo(level * 0x010101);
    }
  }

  @Test
  void read_rgb16_keepsTheHighByte() throws IOException {
    BufferedImage picture = component(ColorSpace.CS_sRGB, DataBuffer.TYPE_USHORT, 3);
    picture.getRaster().setPixel(1, 0, new int[] {0x12FF, 0x3400, 0x56AB});
    assertThat(throughFile(picture, "png").rgbAt(1, 0)).isEqualTo(0x123456);
  }

  @Test
  void read_greyWithAlpha16_liesOnWhite() throws IOException {
    BufferedImage picture = component(ColorSpace.CS_GRAY, DataBuffer.TYPE_USHORT, 2);
    picture.getRaster().setPixel(0, 0, new int[] {0x40FF, 0xFFFF});
    Image image = throughFile(picture, "png");
    assertThat(image.rgbAt(0, 0)).isEqualTo(0x404040);
    assertThat(image.rgbAt(1, 0)).isEqualTo(0xFFFFFF);
  }

  @Test
  void of_otherColourSpace_keepsTheSamples() {
    BufferedImage picture = component(ColorSpace.CS_LINEAR_RGB, DataBuffer.TYPE_BYTE, 3);
    picture.getRaster().setPixel(2, 0, new int[] {10, 100, 200});
    assertThat(Image.of(picture).rgbAt(2, 0)).isEqualTo(0x0A64C8);
  }

  @Test
  void read_gif_keepsPaletteColours() throws IOException {
    BufferedImage picture = new BufferedImage(8, 4, BufferedImage.TYPE_BYTE_INDEXED);
    Graphics2D pen = picture.createGraphics();
    pen.setColor(new Color(0x336699));
    pen.fillRect(0, 0, 8, 4);
    pen.dispose();
    assertThat(throughFile(picture, "gif").rgbAt(5, 2)).isEqualTo(0x336699);
  }

  @Test
  void writePng_read_givesTheImageBack() {
    Image image = random(12, 34);
    image.writePng(folder.resolve("copy.png"));
    assertThat(Image.read(folder.resolve("copy.png"))).isEqualTo(image);
  }
}
