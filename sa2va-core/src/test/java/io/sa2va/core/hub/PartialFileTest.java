package io.sa2va.core.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.error.HubException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartialFileTest {
  private static final byte[] CONTENT = FakeHub.bytes(100);

  @TempDir Path folder;

  private Path path() {
    return folder.resolve("x.incomplete");
  }

  private static ByteBuffer part(long from, long to) {
    return ByteBuffer.wrap(Arrays.copyOfRange(CONTENT, (int) from, (int) to));
  }

  @Test
  void open_afterABreakInOnePiece_goesOnBehindThePrefix() throws IOException {
    try (PartialFile file = PartialFile.open(path(), 100, 1)) {
      file.write(file.ranges().get(0), part(0, 37));
    }
    assertThat(path()).hasBinaryContent(Arrays.copyOf(CONTENT, 37));

    try (PartialFile file = PartialFile.open(path(), 100, 1)) {
      assertThat(file.done()).isEqualTo(37);
      file.write(file.ranges().get(0), part(37, 100));
      file.complete();
    }

    assertThat(path()).hasBinaryContent(CONTENT);
  }

  @Test
  void open_afterABreakInSeveralPieces_goesOnInEach() throws IOException {
    try (PartialFile file = PartialFile.open(path(), 100, 3)) {
      file.write(file.ranges().get(0), part(0, 33));
      file.write(file.ranges().get(2), part(66, 70));
    }

    assertThat(PartialFile.done(path(), 100)).isEqualTo(37);
    try (PartialFile file = PartialFile.open(path(), 100, 1)) {
      assertThat(file.ranges()).extracting(PartialFile.Range::next).containsExactly(33L, 33L, 70L);
      for (PartialFile.Range range : file.ranges()) {
        file.write(range, part(range.next(), range.end()));
      }
      assertThat(file.ranges()).allMatch(PartialFile.Range::isDone);
      file.complete();
    }
    assertThat(path()).hasBinaryContent(CONTENT);
  }

  @Test
  void open_prefix_isKeptWhenTheRestIsCut() throws IOException {
    Files.write(path(), Arrays.copyOf(CONTENT, 40));

    try (PartialFile file = PartialFile.open(path(), 100, 2)) {
      assertThat(file.done()).isEqualTo(40);
      assertThat(file.ranges()).extracting(PartialFile.Range::next).containsExactly(40L, 70L);
    }
  }

  @Test
  void write_moreThanTheRange_leavesTheRest() throws IOException {
    try (PartialFile file = PartialFile.open(path(), 100, 2)) {
      ByteBuffer bytes = part(0, 80);

      file.write(file.ranges().get(0), bytes);

      assertThat(bytes.remaining()).isEqualTo(30);
      assertThat(file.ranges().get(1).next()).isEqualTo(50);
    }
  }

  @Test
  void open_tooLongWithoutSoundNotes_startsAfresh() throws IOException {
    Files.write(path(), FakeHub.bytes(148));

    try (PartialFile file = PartialFile.open(path(), 100, 1)) {
      assertThat(file.done()).isZero();
    }
    assertThat(PartialFile.done(path(), 100)).isZero();
  }

  @Test
  void open_notesThatReachBehindTheEnd_areIgnored() throws IOException {
    try (PartialFile file = PartialFile.open(path(), 100, 2)) {
      assertThat(file.ranges()).hasSize(2);
    }
    byte[] bytes = Files.readAllBytes(path());
    ByteBuffer.wrap(bytes).putLong(100 + 16 + 8, 5000);
    Files.write(path(), bytes);

    try (PartialFile file = PartialFile.open(path(), 100, 2)) {
      assertThat(file.ranges()).extracting(PartialFile.Range::end).containsExactly(50L, 100L);
      assertThat(file.done()).isZero();
    }
  }

  @Test
  void write_thatFails_namesTheFileAndSaysWhatToDo() throws IOException {
    PartialFile file = PartialFile.open(path(), 100, 1);
    file.close();

    assertThatThrownBy(() -> file.write(file.ranges().get(0), part(0, 10)))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("Cannot write " + path())
        .hasMessageContaining("Make room");
    assertThat(file.done()).isZero();
  }

  @Test
  void open_emptyFile_isDone() throws IOException {
    try (PartialFile file = PartialFile.open(path(), 0, 4)) {
      assertThat(file.ranges()).allMatch(PartialFile.Range::isDone);
    }
  }
}
