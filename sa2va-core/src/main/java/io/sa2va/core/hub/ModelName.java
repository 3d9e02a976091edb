package io.sa2va.core.hub;

import io.sa2va.error.InvalidRequestException;
import io.sa2va.error.ModelNotFoundException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A model on the hub.
 *
 * @param id organization and name, {@code org/name}
 * @param revision a branch, a tag or a commit
 */
record ModelName(String id, String revision) {
  private static final String DEFAULT_REVISION = "main";
  private static final String FOLDER_PREFIX = "models--";

  /** The hub's own rule for each half of a name. */
  private static final Pattern PART = Pattern.compile("\\w(?:[\\w.-]{0,94}\\w)?");

  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  /** What git allows in the name of a branch or tag. */
  private static final Pattern REVISION = Pattern.compile("[^\\p{Cntrl} ~^:?*\\[\\\\]{1,200}");

  /**
   * Reads {@code org/name} or {@code org/name@revision}.
   *
   * @param text what the user wrote
   * @param revision the revision where it is given apart from the name, else null
   * @throws ModelNotFoundException if it is no hub name
   * @throws InvalidRequestException if it names two different revisions, or an impossible one
   */
  static ModelName parse(String text, @Nullable String revision) {
    int at = text.indexOf('@');
    String id = at < 0 ? text : text.substring(0, at);
    if (!isId(id)) {
      throw new ModelNotFoundException(
          "\""
              + text
              + "\" is neither a folder on this machine nor a hub name of the form org/name or"
              + " org/name@revision."
              + suggestions(id));
    }
    if (at < 0) {
      return new ModelName(id, requireRevision(revision == null ? DEFAULT_REVISION : revision));
    }
    String written = requireRevision(text.substring(at + 1));
    if (revision != null && !revision.equals(written)) {
      throw new InvalidRequestException(
          "\"%s\" asks for revision %s and the options ask for %s; leave one of them out"
              .formatted(text, written, revision));
    }
    return new ModelName(id, written);
  }

  /** The model whose cache folder has this name, if it is one of a model with an organization. */
  static Optional<ModelName> ofFolder(String folder) {
    if (!folder.startsWith(FOLDER_PREFIX)) {
      return Optional.empty();
    }
    String id = folder.substring(FOLDER_PREFIX.length()).replace("--", "/");
    return isId(id) ? Optional.of(new ModelName(id, DEFAULT_REVISION)) : Optional.empty();
  }

  /** The name of the model's folder in the cache. */
  String folder() {
    return FOLDER_PREFIX + id.replace("/", "--");
  }

  /** Whether the revision is a full commit id, which never moves. */
  boolean isPinned() {
    return isCommit(revision);
  }

  static boolean isCommit(String text) {
    return COMMIT.matcher(text).matches();
  }

  /** " Did you mean …?" or nothing. */
  static String suggestions(String id) {
    var nearest = KnownModels.nearest(id);
    return nearest.isEmpty() || nearest.contains(id)
        ? ""
        : " Did you mean " + String.join(" or ", nearest) + "?";
  }

  private static boolean isId(String id) {
    String[] parts = id.split("/", -1);
    return parts.length == 2
        && PART.matcher(parts[0]).matches()
        && PART.matcher(parts[1]).matches()
        && !id.contains("--")
        && !id.contains("..")
        && !id.endsWith(".git");
  }

  private static String requireRevision(String revision) {
    if (!REVISION.matcher(revision).matches() || !RepoPath.isSafe(revision)) {
      throw new InvalidRequestException(
          "\""
              + RepoPath.printable(revision)
              + "\" cannot be a revision; give a branch, a tag or a commit id");
    }
    return revision;
  }

  @Override
  public String toString() {
    return id + "@" + revision;
  }
}
