package io.governor.detect;

import java.util.List;
import java.util.Locale;

/**
 * Recognises the tokens of one row of the token formats whose shape alone says too little: they
 * count where they are the value of something with a telling name.
 *
 * @param literals the ends of such names, in lower case
 * @param shape the shape of the whole value
 */
record NamedValueFormat(
    String name,
    DetectorFamily family,
    List<String> literals,
    TokenShape shape,
    List<TokenCheck> checks)
    implements Recognizer {

  @Override
  public void look(String text, int from, int to, Spans found) {
    Assignment value = Assignment.after(text, from, to);
    if (value != null && isToken(value.text())) {
      found.add(value.start(), value.end());
    }
  }

  private boolean isTelling(String memberName) {
    String folded = memberName.toLowerCase(Locale.ROOT);
    return literals.stream().anyMatch(folded::endsWith);
  }

  @Override
  public void lookAtMember(String memberName, String value, Spans found) {
    if (isTelling(memberName) && isToken(value)) {
      found.add(0, value.length());
    }
  }

  private boolean isToken(String value) {
    return shape.matchEnd(value, 0) == value.length()
        && !Placeholders.is(value)
        && checks.stream().allMatch(check -> check.holds(value, value));
  }

  /** The detector's name only. */
  @Override
  public String toString() {
    return name;
  }
}
