package io.sa2va.core.family.qwenvl;

import io.sa2va.Mask;
import io.sa2va.core.encode.qwenvit.PatchGrid;
import io.sa2va.core.encode.qwenvit.QwenVit;
import io.sa2va.core.encode.qwenvit.VisionFeatures;
import io.sa2va.core.family.ChatTemplate;
import io.sa2va.core.family.Family;
import io.sa2va.core.family.RegionPrompt;
import io.sa2va.core.family.TokenGrid;
import io.sa2va.core.family.VisionPrompt;
import io.sa2va.core.llm.CausalLm;
import io.sa2va.core.prepare.PixelSize;
import io.sa2va.core.prepare.QwenPatcher;
import io.sa2va.core.prepare.QwenPatches;
import io.sa2va.core.prepare.RegionGrid;
import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.core.text.Tokenizer;
import io.sa2va.error.InvalidRequestException;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Qwen-VL: a picture is read at its own resolution, and the language model knows the row and column
 * of each of its tokens; the key frames of a video are pictures of one message.
 *
 * <p>Source: {@code predict_forward} in the reference's models_qwen2_5_vl/modeling_sa2va_qwen.py
 * and models_qwen3vl/modeling_sa2va_qwen.py. Region prompts, which it ignores, are written as the
 * InternVL family does, and their tokens take places like words.
 */
public final class QwenVlFamily extends Family {
  private static final String IMAGE_TOKEN = "<|image_pad|>";

  private final QwenPatcher patcher;
  private final QwenVit vision;

  public QwenVlFamily(
      String name,
      Tokenizer tokenizer,
      ChatTemplate template,
      QwenPatcher patcher,
      QwenVit vision,
      CausalLm languageModel) {
    super(name, tokenizer, template, languageModel, IMAGE_TOKEN);
    this.patcher = patcher;
    this.vision = vision;
  }

  @Override
  public VisionPrompt encodePicture(RgbPixels picture, List<Mask> regions) {
    VisionPrompt prompt = encode(picture);
    return regions.isEmpty() ? prompt : withRegions(prompt, picture, regions);
  }

  @Override
  public VisionPrompt encodeKeyFrames(List<RgbPixels> keyFrames) {
    List<VisionPrompt> frames = keyFrames.stream().map(this::encode).toList();
    StringBuilder text = new StringBuilder();
    List<TokenGrid> grids = new ArrayList<>();
    for (VisionPrompt frame : frames) {
      text.append(frame.text());
      grids.addAll(frame.grids());
    }
    List<Tensor> deepstack =
        IntStream.range(0, frames.get(0).deepstack().size())
            .mapToObj(i -> Tensors.cat(0, frames.stream().map(f -> f.deepstack().get(i)).toList()))
            .toList();
    Tensor features = Tensors.cat(0, frames.stream().map(VisionPrompt::features).toList());
    return new VisionPrompt(text.toString(), features, grids, deepstack);
  }

  /** A picture comes before what is said of it, wherever that has {@code <image>}. */
  @Override
  public String place(String prompt, String picture) {
    return picture + prompt.replace("<image>", "");
  }

  private VisionPrompt encode(RgbPixels picture) {
    QwenPatches patches = patcher.patches(picture);
    PatchGrid grid =
        new PatchGrid(
            Math.toIntExact(patches.gridThw()[1]),
            Math.toIntExact(patches.gridThw()[2]),
            vision.config().merge());
    Tensor pixels = Tensors.of(patches.values(), patches.patches(), patches.patchLength());
    VisionFeatures features = vision.forward(pixels, grid);
    TokenGrid tokens = new TokenGrid(grid.cellRows(), grid.cellColumns());
    String text =
        "<|vision_start|>"
            + IMAGE_TOKEN.repeat(tokens.rows() * tokens.columns())
            + "<|vision_end|>";
    return new VisionPrompt(text, features.embeddings(), List.of(tokens), features.deepstack());
  }

  private VisionPrompt withRegions(VisionPrompt prompt, RgbPixels picture, List<Mask> regions) {
    requireRegionTokens();
    TokenGrid tokens = prompt.grids().get(0);
    RegionPrompt region =
        RegionPrompt.of(
            regions,
            new PixelSize(picture.width(), picture.height()),
            new RegionGrid(tokens.rows(), tokens.columns()));
    return new VisionPrompt(
        prompt.text() + region.text(IMAGE_TOKEN),
        withRegions(prompt.features(), region),
        prompt.grids(),
        prompt.deepstack().stream().map(features -> withRegions(features, region)).toList());
  }

  /** (cells, D) → (cells + covered cells, D). */
  private static Tensor withRegions(Tensor features, RegionPrompt region) {
    return Tensors.cat(0, features, region.features(features));
  }

  private void requireRegionTokens() {
    for (String token : List.of("<vp>", "</vp>")) {
      if (tokenizer().idOf(token).isEmpty()) {
        throw new InvalidRequestException(
            "this model takes no region masks: its vocabulary has no token \""
                + token
                + "\"; describe the region in words");
      }
    }
  }
}
