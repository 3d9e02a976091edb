package io.sa2va.core.family.internvl;

import io.sa2va.Mask;
import io.sa2va.core.encode.VisionEncoder;
import io.sa2va.core.encode.VisionEncoderConfig;
import io.sa2va.core.family.ChatTemplate;
import io.sa2va.core.family.Family;
import io.sa2va.core.family.RegionPrompt;
import io.sa2va.core.family.VisionPrompt;
import io.sa2va.core.llm.CausalLm;
import io.sa2va.core.prepare.DynamicTiler;
import io.sa2va.core.prepare.Normalizer;
import io.sa2va.core.prepare.PillowResize;
import io.sa2va.core.prepare.PixelSize;
import io.sa2va.core.prepare.RegionGrid;
import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.core.text.Tokenizer;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import java.util.List;

/**
 * InternVL: a picture is cut into tiles, each of which InternViT turns into image tokens; a key
 * frame of a video is one tile.
 *
 * <p>Source: {@code predict_forward} in the reference's models/modeling_sa2va_chat.py.
 */
public final class InternVlFamily extends Family {
  private static final String IMAGE_TOKEN = "<IMG_CONTEXT>";

  /** What the reference sets for inference, whatever config.json says. */
  private static final int MIN_TILES = 1;

  private static final int MAX_TILES = 12;

  private final VisionEncoder vision;
  private final DynamicTiler tiler;
  private final Normalizer normalizer = Normalizer.imageNet();

  public InternVlFamily(
      String name,
      Tokenizer tokenizer,
      ChatTemplate template,
      VisionEncoder vision,
      CausalLm languageModel) {
    super(name, tokenizer, template, languageModel, IMAGE_TOKEN);
    this.vision = vision;
    this.tiler = new DynamicTiler(MIN_TILES, MAX_TILES, config().tileSize(), true);
  }

  @Override
  public VisionPrompt encodePicture(RgbPixels picture, List<Mask> regions) {
    Tensor tiles = encode(tiler.tile(picture)); // (tiles, t, D)
    Tensor features = tiles.flatten(0, 1); // (tiles·t, D)
    String text = imageText(features.size(0));
    if (regions.isEmpty()) {
      return VisionPrompt.of(text, features);
    }
    RegionPrompt prompt =
        RegionPrompt.of(
            regions,
            new PixelSize(picture.width(), picture.height()),
            new RegionGrid(config().tokenGrid(), config().tokenGrid()));
    Tensor thumbnail = tiles.select(0, tiles.size(0) - 1); // (t, D)
    return VisionPrompt.of(
        text + prompt.text(IMAGE_TOKEN),
        Tensors.cat(0, features, prompt.features(thumbnail))); // (tiles·t + cells, D)
  }

  @Override
  public VisionPrompt encodeKeyFrames(List<RgbPixels> keyFrames) {
    int side = config().tileSize();
    List<RgbPixels> tiles =
        keyFrames.stream().map(frame -> PillowResize.bicubic(frame, side, side)).toList();
    Tensor features = encode(tiles); // (frames, t, D)
    String text = (imageText(features.size(1)) + "\n").repeat(keyFrames.size()).strip();
    return VisionPrompt.of(text, features.flatten(0, 1)); // (frames·t, D)
  }

  /** The picture stands where the prompt says {@code <image>}, else first. */
  @Override
  public String place(String prompt, String picture) {
    String mark = "<image>";
    return (prompt.contains(mark) ? prompt : mark + prompt).replace(mark, picture);
  }

  /** (tiles, t, D) */
  private Tensor encode(List<RgbPixels> tiles) {
    long side = config().tileSize();
    Tensor pixels = Tensors.of(normalizer.normalize(tiles), tiles.size(), 3, side, side);
    return vision.forward(pixels);
  }

  private static String imageText(long imageTokens) {
    return "<img>" + IMAGE_TOKEN.repeat(Math.toIntExact(imageTokens)) + "</img>";
  }

  private VisionEncoderConfig config() {
    return vision.config();
  }
}
