package io.sa2va.core.data;

import com.fasterxml.jackson.databind.JsonNode;
import io.sa2va.core.train.BrokenRecordException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON value of a data set, read by key with errors that name the file, the record and the key.
 * Immutable.
 */
public final class DataRecord {
  private static final int SHOWN = 80;

  private final String place;
  private final JsonNode node;

  DataRecord(String place, JsonNode node) {
    this.place = place;
    this.node = node;
  }

  /** Whether the key is there and not null. */
  public boolean has(String key) {
    return node.hasNonNull(key);
  }

  /** Whether this is null. */
  public boolean isNull() {
    return node.isNull();
  }

  /** Whether this is a list. */
  public boolean isList() {
    return node.isArray();
  }

  /** Whether this is a text. */
  public boolean isText() {
    return node.isTextual();
  }

  /**
   * What is under a key.
   *
   * @throws BrokenRecordException if there is nothing
   */
  public DataRecord get(String key) {
    if (!has(key)) {
      throw broken("\"" + key + "\" is missing");
    }
    return new DataRecord(place + ", " + key, node.get(key));
  }

  /** This as a text. */
  public String text() {
    require(node.isTextual(), "a text");
    return node.textValue();
  }

  /** The text under a key. */
  public String text(String key) {
    return get(key).text();
  }

  /** This as a whole number from {@code least}. */
  public int integer(int least) {
    require(
        node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= least,
        "a whole number of at least " + least);
    return node.intValue();
  }

  /** The whole number from {@code least} under a key. */
  public int integer(String key, int least) {
    return get(key).integer(least);
  }

  /** This as a finite number. */
  public double number() {
    require(node.isNumber() && Double.isFinite(node.doubleValue()), "a number");
    return node.doubleValue();
  }

  /** Whether there is something under a key that says yes: true, or a number other than 0. */
  public boolean isTrue(String key) {
    return node.path(key).asBoolean();
  }

  /** This as a whole number or a text, as data sets write identifiers; the number as text. */
  public String identifier() {
    require(node.isIntegralNumber() || node.isTextual(), "a whole number or a text");
    return node.asText();
  }

  /** This as a list. */
  public List<DataRecord> list() {
    require(node.isArray(), "a list");
    List<DataRecord> items = new ArrayList<>(node.size());
    for (JsonNode item : node) {
      items.add(new DataRecord(place + "[" + items.size() + "]", item));
    }
    return items;
  }

  /** The list under a key. */
  public List<DataRecord> list(String key) {
    return get(key).list();
  }

  /** This as an object: its values by key, in the order of the file. */
  public Map<String, DataRecord> fields() {
    require(node.isObject(), "an object");
    Map<String, DataRecord> fields = new LinkedHashMap<>();
    node.properties()
        .forEach(
            field ->
                fields.put(
                    field.getKey(),
                    new DataRecord(place + ", " + field.getKey(), field.getValue())));
    return fields;
  }

  /** This as finite numbers. */
  public double[] numbers() {
    require(node.isArray(), "a list of numbers");
    double[] numbers = new double[node.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = node.get(i).doubleValue();
      require(node.get(i).isNumber() && Double.isFinite(numbers[i]), "a list of finite numbers");
    }
    return numbers;
  }

  /** An error about this value. */
  public BrokenRecordException broken(String problem) {
    return new BrokenRecordException(place + ": " + problem);
  }

  /** An error about this value. */
  public BrokenRecordException broken(String problem, Throwable cause) {
    return new BrokenRecordException(place + ": " + problem, cause);
  }

  private void require(boolean sound, String expected) {
    if (!sound) {
      String found = node.toString();
      String shown = found.length() <= SHOWN ? found : found.substring(0, SHOWN) + "…";
      throw broken("should be " + expected + ", but is " + shown);
    }
  }

  /** Where it is: the file, the number of the record and the keys. */
  @Override
  public String toString() {
    return place;
  }
}
