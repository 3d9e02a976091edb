package io.sa2va.core.text;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the longest of many strings that a text has at a place. Filled once, then only read. */
final class TokenTrie<T> {
  private final Node<T> root = new Node<>();

  private static final class Node<T> {
    private final Map<Character, Node<T>> children = new HashMap<>();
    private @Nullable Match<T> match;
  }

  /** A string that was found, by its length and what was put with it. */
  record Match<T>(int length, T value) {}

  /** Adds a string that is not empty; one that is there already stays. */
  void put(String text, T value) {
    Node<T> node = root;
    for (int i = 0; i < text.length(); i++) {
      node = node.children.computeIfAbsent(text.charAt(i), c -> new Node<>());
    }
    if (node.match == null) {
      node.match = new Match<>(text.length(), value);
    }
  }

  @Nullable Match<T> longestAt(String text, int at) {
    Match<T> longest = null;
    Node<T> node = root;
    for (int i = at; i < text.length(); i++) {
      node = node.children.get(text.charAt(i));
      if (node == null) {
        break;
      }
      longest = node.match == null ? longest : node.match;
    }
    return longest;
  }
}
