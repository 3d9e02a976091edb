package io.sa2va.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartialFolderTest {
  @TempDir private Path folder;

  @Test
  void finish_emptyPlace_appearsThereWhole() throws IOException {
    Path place = Files.createDirectory(folder.resolve("place"));
    try (PartialFolder partial = PartialFolder.of(place)) {
      Files.writeString(partial.path().resolve("file"), "new");
      assertThat(place).isEmptyDirectory();
      partial.finish();
    }
    assertThat(place.resolve("file")).hasContent("new");
    assertThat(folder).isDirectoryNotContaining("glob:**.partial");
  }

  @Test
  void close_unfinished_leavesNothing() throws IOException {
    try (PartialFolder partial = PartialFolder.of(folder.resolve("place"))) {
      Files.writeString(partial.path().resolve("file"), "half");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void of_leftoversOfAKilledOne_startsEmpty() throws IOException {
    Path left = Files.createDirectories(folder.resolve("place.partial/below"));
    Files.writeString(left.resolve("file"), "old");
    try (PartialFolder partial = PartialFolder.of(folder.resolve("place"))) {
      assertThat(partial.path()).isEmptyDirectory();
    }
  }

  @Test
  void finish_placeTaken_keepsWhatIsThere() throws IOException {
    Path place = folder.resolve("place");
    try (PartialFolder partial = PartialFolder.of(place)) {
      Files.createDirectory(place);
      Files.writeString(place.resolve("file"), "other");
      assertThatThrownBy(partial::finish).isInstanceOf(DirectoryNotEmptyException.class);
    }
    assertThat(place.resolve("file")).hasContent("other");
  }

  @Test
  void delete_linkInATree_keepsWhatItPointsTo() throws IOException {
    Path kept = Files.writeString(folder.resolve("kept"), "text");
    Path tree = Files.createDirectory(folder.resolve("tree"));
    Files.createSymbolicLink(tree.resolve("link"), kept);
    FolderTree.delete(tree);
    FolderTree.delete(tree);
    assertThat(tree).doesNotExist();
    assertThat(kept).hasContent("text");
  }
}
