package io.sa2va.core.evaluate;

import io.sa2va.ChatRequest;
import io.sa2va.core.scenes.SampleKind;
import io.sa2va.core.scenes.Scene;
import io.sa2va.core.scenes.SceneClip;
import io.sa2va.core.scenes.SceneGenerator;
import io.sa2va.core.scenes.SceneOptions;
import io.sa2va.core.scenes.SceneSample;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The questions of an evaluation on scenes: of each picture and clip one of every kind it has. The
 * same seed gives the same questions. Sides are odd numbers of pixels, as no training has them.
 */
final class SceneQuestions {
  /** What a clip is asked: the rest is the same as on pictures. */
  private static final Set<SampleKind> OF_CLIPS =
      EnumSet.of(SampleKind.ATTRIBUTE, SampleKind.MOTION, SampleKind.ACTION);

  private static final int FRAMES = 24;
  private static final int LEAST_SIDE = 181;
  private static final int MOST_SIDE = 641;
  private static final int MOST_SIDE_OF_CLIP = 361;
  private static final double MOST_ASPECT = 2;

  /** Longer than every true answer; a model that cannot stop does not hold up the rest for long. */
  private static final int MOST_TOKENS = 256;

  private final SceneEvaluationOptions options;

  SceneQuestions(SceneEvaluationOptions options) {
    this.options = options;
  }

  /** Whether there is anything to ask about clips. */
  boolean asksClips() {
    return options.kinds().stream().anyMatch(OF_CLIPS::contains);
  }

  /** The questions about one picture. */
  List<Question> ofPicture(long index) {
    Scene scene = new SceneGenerator(options.seed(), size(index, MOST_SIDE)).picture(index);
    List<Question> questions = new ArrayList<>();
    for (SampleKind kind : SampleKind.values()) {
      if (options.kinds().contains(kind)) {
        scene.sample(kind, 0).ifPresent(s -> questions.add(question(s, scene, index)));
      }
    }
    return questions;
  }

  private static Question question(SceneSample sample, Scene scene, long index) {
    return new Question(
        sample.kind(),
        "picture " + index,
        request(sample)
            .image(scene.image())
            .regions(sample.regions().stream().map(scene::mask).toList())
            .build(),
        sample.answer(),
        sample.targets().stream().map(target -> List.of(scene.mask(target))).toList());
  }

  /** The questions about one clip. */
  List<Question> ofClip(long index) {
    SceneClip clip =
        new SceneGenerator(
                options.seed(), size(~index, MOST_SIDE_OF_CLIP).withFrames(FRAMES, FRAMES))
            .clip(index);
    List<Question> questions = new ArrayList<>();
    for (SampleKind kind : OF_CLIPS) {
      if (options.kinds().contains(kind)) {
        clip.sample(kind, 0).ifPresent(s -> questions.add(question(s, clip, index)));
      }
    }
    return questions;
  }

  private static Question question(SceneSample sample, SceneClip clip, long index) {
    return new Question(
        sample.kind(),
        "clip " + index,
        request(sample).video(clip).build(),
        sample.answer(),
        sample.targets().stream().map(clip::masks).toList());
  }

  private static ChatRequest.Builder request(SceneSample sample) {
    return ChatRequest.builder()
        .prompt(sample.prompt())
        .generation(generation -> generation.maxNewTokens(MOST_TOKENS));
  }

  /** A size of its own for each scene. */
  private SceneOptions size(long scene, int most) {
    SplittableRandom random = new SplittableRandom(31 * options.seed() + scene);
    int shorter = odd(random.nextInt(LEAST_SIDE, (int) (most / MOST_ASPECT) + LEAST_SIDE / 2));
    int longer = odd((int) Math.min(most, shorter * random.nextDouble(1, MOST_ASPECT)));
    return random.nextBoolean()
        ? SceneOptions.ofSize(longer, shorter)
        : SceneOptions.ofSize(shorter, longer);
  }

  private static int odd(int side) {
    return side | 1;
  }
}
