package io.sa2va.core.data;

import io.sa2va.Image;
import io.sa2va.Mask;
import io.sa2va.core.train.Sample;
import io.sa2va.core.train.Turn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A record of Osprey's data: a picture in one of several folders, and masks of its regions. */
final class RegionRecord {
  private final Image picture;
  private final List<Mask> regions = new ArrayList<>();

  /**
   * Reads a record's picture and regions.
   *
   * @param folders looked into in this order
   */
  RegionRecord(DataRecord record, List<Path> folders) {
    picture = PictureFile.read(folder(record.get("file_name"), folders), record.get("file_name"));
    for (DataRecord annotation : record.list("annotation")) {
      DataRecord shape = annotation.get("segmentation");
      Mask region = MaskField.read(shape, picture.width(), picture.height());
      if (region.isEmpty()) {
        throw shape.broken("the region is empty");
      }
      regions.add(region);
    }
    if (regions.isEmpty()) {
      throw record.broken("has no regions");
    }
  }

  private static Path folder(DataRecord name, List<Path> folders) {
    return folders.stream()
        .filter(folder -> Files.exists(PictureFile.resolve(folder, name)))
        .findFirst()
        .orElseThrow(() -> name.broken(name.text() + " is in none of " + folders));
  }

  int regionCount() {
    return regions.size();
  }

  /** A conversation about the regions. */
  Sample sample(List<Turn> turns) {
    return new Sample(
        List.of(PictureFile.pixels(picture)), regions, Pictured.turns(turns), List.of());
  }

  /** Names of regions are written without angle brackets. */
  static String withoutBrackets(String text) {
    return text.replace("<", "").replace(">", "");
  }
}
