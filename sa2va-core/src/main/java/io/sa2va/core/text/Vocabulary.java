package io.sa2va.core.text;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names and ids of all tokens. An added token goes before a base token of the same id or name. */
final class Vocabulary {
  /** More than any published vocabulary; a damaged file must not make us allocate without bound. */
  static final int LARGEST_ID = (1 << 22) - 1;

  private final Map<String, Integer> base;
  private final Map<String, Integer> added = new HashMap<>();
  private final Set<Integer> special = new HashSet<>();
  private final List<AddedToken> addedTokens;
  private final @Nullable String[] names;

  /** Takes ids from 0 to {@link #LARGEST_ID}; the readers see to that. */
  Vocabulary(Map<String, Integer> base, List<AddedToken> addedTokens) {
    this.base = Map.copyOf(base);
    this.addedTokens = List.copyOf(addedTokens);
    int largest = -1;
    for (int id : base.values()) {
      largest = Math.max(largest, id);
    }
    for (AddedToken token : addedTokens) {
      largest = Math.max(largest, token.id());
    }
    names = new @Nullable String[largest + 1];
    base.forEach((name, id) -> names[id] = name);
    for (AddedToken token : addedTokens) {
      names[token.id()] = token.content();
      added.put(token.content(), token.id());
      if (token.special()) {
        special.add(token.id());
      }
    }
  }

  List<AddedToken> addedTokens() {
    return addedTokens;
  }

  OptionalInt idOf(String name) {
    Integer id = added.get(name);
    if (id == null) {
      id = base.get(name);
    }
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** Returns a token's name, or null where no token has this id. */
  @Nullable String nameOf(int id) {
    return id >= 0 && id < names.length ? names[id] : null;
  }

  /** Returns one more than the largest id. */
  int size() {
    return names.length;
  }

  boolean isSpecial(int id) {
    return special.contains(id);
  }
}
