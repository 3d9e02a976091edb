package io.sa2va.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicMoveTest {
  @TempDir private Path folder;

  @Test
  void replace_fileThatIsThere_takesItsPlace() throws IOException {
    Path place = Files.writeString(folder.resolve("file"), "old");
    Path finished = Files.writeString(folder.resolve("file.part"), "new");
    AtomicMove.replace(finished, place);
    assertThat(place).hasContent("new");
    assertThat(finished).doesNotExist();
  }

  @Test
  void replace_nothingToMove_leavesTheFile() throws IOException {
    Path place = Files.writeString(folder.resolve("file"), "old");
    assertThatThrownBy(() -> AtomicMove.replace(folder.resolve("file.part"), place))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(place).hasContent("old");
  }
}
