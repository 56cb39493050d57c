package io.governor.standard;

import io.governor.yaml.Place;

/**
 * Something wrong in a profile or resolution file, for the person who wrote it. It never holds a
 * value of the file.
 *
 * @param severity what follows from it
 * @param file the file as it was named
 * @param line counted from 1
 * @param column in characters, counted from 1
 * @param path the key path, {@code <root>} for the file as a whole
 * @param message what is wrong and what would be accepted
 */
public record ProfileProblem(
    Severity severity, String file, int line, int column, String path, String message) {

  /** What follows from a problem. */
  public enum Severity {
    /** The file is not used. */
    ERROR,
    /** The file is used, the value or entry is not. */
    WARNING,
    /** Worth knowing. */
    NOTE
  }

  static ProfileProblem at(
      Place place, Severity severity, String file, Object path, String message) {
    return new ProfileProblem(
        severity, file, place.line(), place.column(), path.toString(), message);
  }

  /** {@code file:line:column: path: message}, on one line. */
  public String oneLine() {
    return file + ":" + line + ":" + column + ": " + path + ": " + message;
  }

  @Override
  public String toString() {
    return oneLine();
  }
}
