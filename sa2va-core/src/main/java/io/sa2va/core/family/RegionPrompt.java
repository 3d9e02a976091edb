package io.sa2va.core.family;

import io.sa2va.Mask;
import io.sa2va.core.prepare.PixelSize;
import io.sa2va.core.prepare.RegionGrid;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The regions of a picture that a prompt speaks of as region1, region2 …: each takes the features
 * of the cells that it covers, in the grid of tokens that stands for the whole picture.
 *
 * @param cells the covered cells of each region
 */
public record RegionPrompt(List<int[]> cells) {
  /**
   * Finds the covered cells.
   *
   * @param regions masks of the picture's size, none empty
   * @throws io.sa2va.core.prepare.PrepareException if one is empty or of another size
   */
  public static RegionPrompt of(List<Mask> regions, PixelSize picture, RegionGrid grid) {
    return new RegionPrompt(
        regions.stream().map(region -> grid.coveredCells(region, picture)).toList());
  }

  /** The sentence that names the regions. */
  public String text(String imageToken) {
    return IntStream.range(0, cells.size())
        .mapToObj(
            i -> "region" + (i + 1) + "<vp>" + imageToken.repeat(cells.get(i).length) + "</vp>")
        .collect(
            Collectors.joining(
                ", ", "\nThere are " + cells.size() + " part regions in the picture: ", ".\n"));
  }

  /**
   * Picks the features of the covered cells.
   *
   * @param whole features of the whole picture (cells, D)
   * @return (covered cells of all regions, D)
   */
  public Tensor features(Tensor whole) {
    long[] all = cells.stream().flatMapToInt(IntStream::of).asLongStream().toArray();
    return whole.indexSelect(0, Tensors.of(all, all.length).to(whole.device()));
  }
}
