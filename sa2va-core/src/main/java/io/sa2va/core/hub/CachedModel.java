package io.sa2va.core.hub;

import java.util.List;

/**
 * A model in the cache.
 *
 * @param name {@code org/name}
 * @param bytes what it takes on disk, with downloads that are not finished
 * @param revisions by commit
 */
public record CachedModel(String name, long bytes, List<Revision> revisions) {
  /**
   * One commit of a model.
   *
   * @param commit its id
   * @param refs the branches and tags that stand for it
   * @param complete whether it has everything that loading needs
   */
  public record Revision(String commit, List<String> refs, boolean complete) {}
}
