package io.sa2va.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.TrainingLoss;
import io.sa2va.TrainingValidation;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossCurveTest {
  private static final int VALIDATION = 0xffd62728;

  @TempDir private Path folder;

  private BufferedImage draw(LossHistory history) throws IOException {
    Path file = folder.resolve("loss.png");
    LossCurve.write(history, file);
    return ImageIO.read(file.toFile());
  }

  private static int count(BufferedImage picture, int color) {
    int count = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        count += picture.getRGB(x, y) == color ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void write_run_drawsLinesAndValidations() throws IOException {
    LossHistory history = new LossHistory();
    for (int step = 1; step <= 400; step++) {
      double fall = Math.exp(-step / 100.0) + 0.05 * Math.sin(step);
      history.add(step, new TrainingLoss(2 * fall, 0.7 * fall, fall));
    }
    BufferedImage without = draw(history);
    history.add(new TrainingValidation(200, new TrainingLoss(1, 0.5, 0.5)));
    BufferedImage with = draw(history);
    assertThat(count(without, 0xff1f77b4)).isGreaterThan(300);
    assertThat(count(without, VALIDATION)).isZero();
    assertThat(count(with, VALIDATION)).isGreaterThan(40);
  }

  @Test
  void write_noStepsOrNoNumbers_isStillAPicture() throws IOException {
    LossHistory history = new LossHistory();
    assertThat(draw(history).getWidth()).isEqualTo(960);
    history.add(1, new TrainingLoss(Double.NaN, 0, Double.POSITIVE_INFINITY));
    assertThat(draw(history).getWidth()).isEqualTo(960);
  }

  @Test
  void ticks_anyRange_areFewAndRound() {
    assertThat(Axis.upTo(7.3, 0, 100).ticks()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(Axis.upTo(0.034, 0, 100).label(0.015)).isEqualTo("0.015");
    assertThat(Axis.upTo(1, 0, 100).ticks()).hasSizeLessThan(12);
  }
}
