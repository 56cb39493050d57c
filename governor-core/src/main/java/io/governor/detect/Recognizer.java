package io.governor.detect;

import java.util.List;

/**
 * A built-in detector, asked only where one of its literals occurs. It looks at a bounded stretch
 * around the literal, so that a scan stays linear however often literals occur.
 */
interface Recognizer {

  /** The detector's name. */
  String name();

  /** The detector's family. */
  DetectorFamily family();

  /** Where to be asked: literals in ASCII, found in any case. */
  List<String> literals();

  /**
   * Reports what is found around a literal.
   *
   * @param from where the literal begins
   * @param to where it ends
   */
  void look(String text, int from, int to, Spans found);

  /** The same for a whole string that is the value of a member whose name has a literal. */
  default void lookAtMember(String name, String value, Spans found) {}
}
