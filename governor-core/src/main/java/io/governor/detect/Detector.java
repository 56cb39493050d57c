package io.governor.detect;

/**
 * Looks for one kind of thing in a text; hosts add their own with {@link Detectors#with}.
 *
 * <p>An implementation is called by many threads at once, keeps no state between calls, and takes
 * time linear in the text: texts come from a model, and some are made to be slow. It is given at
 * most {@value Detectors#WINDOW} characters at a time; a longer text comes in windows that overlap
 * by {@value Detectors#OVERLAP}, so a span up to that length is seen whole. What it throws reaches
 * the caller of the scan, which must not take the text for clean.
 */
public interface Detector {

  /**
   * The name in policies, counts and markers: a letter, then letters, digits and underscores, all
   * lower case, 2 to 48 characters. Always the same.
   */
  String name();

  /** The family by which policies may name it. Always the same. */
  DetectorFamily family();

  /** Reports the spans of the text that it recognises, in any order. */
  void find(String text, Spans found);
}
