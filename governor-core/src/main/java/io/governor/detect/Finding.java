package io.governor.detect;

/**
 * One span of a text that a detector recognised; never the text itself.
 *
 * @param detector the detector's name
 * @param family the detector's family
 * @param start the first UTF-16 character of the span
 * @param end the character after its last
 */
public record Finding(String detector, DetectorFamily family, int start, int end) {

  public Finding {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException("No span: " + start + " to " + end);
    }
  }
}
