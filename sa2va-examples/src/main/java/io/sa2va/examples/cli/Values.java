package io.sa2va.examples.cli;

import io.sa2va.Box;
import io.sa2va.KeyFrames;
import io.sa2va.ObjectPrompt;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Option values that are made of several numbers. */
final class Values {
  private Values() {}

  /** {@code x,y} or {@code x,y,label}, where label 1 is on the object and 0 beside it. */
  static final class PointConverter implements ITypeConverter<ObjectPrompt.Point> {
    @Override
    public ObjectPrompt.Point convert(String value) {
      double[] numbers = numbers(value);
      boolean labelled = numbers.length == 3 && (numbers[2] == 0 || numbers[2] == 1);
      if (numbers.length != 2 && !labelled) {
        throw new TypeConversionException("should be x,y or x,y,label with label 0 or 1: " + value);
      }
      return refused(
          () ->
              new ObjectPrompt.Point(
                  numbers[0], numbers[1], numbers.length == 2 || numbers[2] == 1));
    }
  }

  /** {@code x,y,width,height} in whole pixels. */
  static final class BoxConverter implements ITypeConverter<Box> {
    @Override
    public Box convert(String value) {
      double[] n = numbers(value);
      if (n.length != 4 || !Arrays.stream(n).allMatch(v -> v == Math.rint(v))) {
        throw new TypeConversionException("should be x,y,width,height in whole pixels: " + value);
      }
      return refused(() -> new Box((int) n[0], (int) n[1], (int) n[2], (int) n[3]));
    }
  }

  /** {@code first:N}, {@code uniform:N}, or frame numbers. */
  static final class KeyFramesConverter implements ITypeConverter<KeyFrames> {
    @Override
    public KeyFrames convert(String value) {
      int colon = value.indexOf(':');
      String kind = colon < 0 ? "" : value.substring(0, colon);
      int[] n = Arrays.stream(numbers(value.substring(colon + 1))).mapToInt(v -> (int) v).toArray();
      return switch (kind) {
        case "first" -> refused(() -> KeyFrames.first(n[0]));
        case "uniform" -> refused(() -> KeyFrames.uniform(n[0]));
        case "" -> refused(() -> KeyFrames.of(n));
        default ->
            throw new TypeConversionException(
                "should be first:N, uniform:N or frame numbers such as 0,10,20: " + value);
      };
    }
  }

  private interface Maker<T> {
    T make();
  }

  private static <T> T refused(Maker<T> maker) {
    try {
      return maker.make();
    } catch (RuntimeException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  private static double[] numbers(String value) {
    try {
      return Arrays.stream(value.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
    } catch (NumberFormatException e) {
      throw new TypeConversionException("should be numbers with commas between: " + value);
    }
  }
}
