package io.sa2va.core.hub;

import io.sa2va.error.HubException;
import java.util.regex.Pattern;

/** File names that come from the hub, and may not be what they should be. */
final class RepoPath {
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");
  private static final int MAX_LENGTH = 1024;

  private RepoPath() {}

  /**
   * Makes sure that a file name stays inside the folder it is resolved against.
   *
   * @throws HubException if it is absolute, has a backslash, a control character or a {@code ..}
   */
  static String requireSafe(String path, ModelName model) {
    if (!isSafe(path)) {
      throw new HubException(
          "%s lists a file named \"%s\", which could leave the model's folder. Nothing was fetched; do not use this model."
              .formatted(model, printable(path)));
    }
    return path;
  }

  /** Whether a path is relative, with plain segments between its slashes. */
  static boolean isSafe(String path) {
    if (path.isEmpty() || path.length() > MAX_LENGTH || path.indexOf('\\') >= 0) {
      return false;
    }
    if (path.chars().anyMatch(Character::isISOControl) || DRIVE.matcher(path).matches()) {
      return false;
    }
    for (String segment : path.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        return false;
      }
    }
    return true;
  }

  /** Foreign text made fit for a message: one line of at most 200 characters. */
  static String printable(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= 200 ? line : line.substring(0, 200) + "…";
  }
}
