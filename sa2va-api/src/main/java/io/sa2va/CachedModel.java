package io.sa2va;

import java.util.List;

/**
 * A model of the hub that is on this machine.
 *
 * @param name {@code org/name}
 * @param bytes what its files take on disk
 * @param revisions its revisions here
 */
public record CachedModel(String name, long bytes, List<Revision> revisions) {
  /** Copies the list. */
  public CachedModel {
    revisions = List.copyOf(revisions);
  }

  /**
   * One state of a model.
   *
   * @param commit its commit on the hub
   * @param refs branches and tags that meant it when it was fetched
   * @param complete whether everything that loading needs is here
   */
  public record Revision(String commit, List<String> refs, boolean complete) {
    /** Copies the list. */
    public Revision {
      refs = List.copyOf(refs);
    }
  }
}
