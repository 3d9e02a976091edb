package io.sa2va.core.train.nano;

import io.sa2va.Mask;
import io.sa2va.core.sam2.Sam2;
import io.sa2va.core.sam2.decoder.Decoded;
import io.sa2va.core.train.MaskTargets;
import io.sa2va.core.train.Sample;
import io.sa2va.core.train.TrainableModel;
import io.sa2va.torch.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All together, as Sa2VA is trained: answers, and the masks that SAM2 decodes of {@code [SEG]}; the
 * descriptions stay, so that what they taught is not forgotten.
 */
final class GroundingObjective implements Objective<Conversations.Described> {
  private static final int MOST_OBJECTS = 6;
  private static final int MOST_FOLLOWED = 3;

  private final LanguageObjective language;
  private final Sam2 sam2;
  private final ClipObjective clips;
  private final SquareFrames squares;

  GroundingObjective(TrainableModel model, NanoHeads heads, NanoScenes scenes) {
    this.language = new LanguageObjective(model, heads, new Conversations(scenes));
    this.sam2 = model.parts().sam2();
    this.squares = new SquareFrames(sam2);
    this.clips = new ClipObjective(sam2, heads, scenes);
  }

  @Override
  public Conversations.Described prepare(long number) {
    return language.prepare(number);
  }

  @Override
  public Map<String, Tensor> losses(Conversations.Described item) {
    LanguageObjective.Read read = language.read(item.sample());
    Map<String, Tensor> losses = new LinkedHashMap<>();
    losses.put("text", read.textLoss());
    losses.putAll(language.nouns(read, item));
    if (!item.descriptors().isEmpty()) {
      Tensor wanted = TargetDescriptor.stack(item.descriptors()); // (K, L)
      Tensor prompts = language.prompts(read); // (K, C)
      losses.put("describe", language.describe(read.seg(), wanted));
      losses.put("prompt", language.prompt(prompts, wanted));
      losses.putAll(item.later().isEmpty() ? masks(item.sample(), prompts) : follow(item, prompts));
    }
    return losses;
  }

  private Map<String, Tensor> masks(Sample sample, Tensor prompts) {
    int objects = Math.min(MOST_OBJECTS, sample.objects().size());
    Tensor some = prompts.narrow(0, 0, objects);
    Decoded decoded =
        sam2.decodeAll(
            squares.encode(squares.square(sample.frames().get(0))),
            sam2.prompts().nothing(objects).withLanguage(some)); // (K, 4, S/4, S/4)
    List<Mask> masks =
        sample.objects().stream().limit(objects).map(object -> object.get(0)).toList();
    long side = decoded.masks().size(2) * MaskComparison.SIDE_FACTOR;
    return MaskComparison.losses(decoded, MaskTargets.covered(masks, side, side));
  }

  /** Clips are followed beyond their key frames. */
  private Map<String, Tensor> follow(Conversations.Described item, Tensor prompts) {
    int objects = Math.min(MOST_FOLLOWED, item.sample().objects().size());
    int keyFrames = item.sample().frames().size();
    List<List<Mask>> masks = new ArrayList<>();
    for (int frame = 0; frame < keyFrames; frame++) {
      int at = frame;
      masks.add(item.sample().objects().stream().map(object -> object.get(at)).toList());
    }
    masks.addAll(item.masksLater());
    return clips.follow(
        prompts.narrow(0, 0, objects),
        Stream.concat(item.sample().frames().stream(), item.later().stream())
            .map(squares::square)
            .toList(),
        keyFrames,
        masks.stream().map(all -> all.subList(0, objects)).toList());
  }
}
