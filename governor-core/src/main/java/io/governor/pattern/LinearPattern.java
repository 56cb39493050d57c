package io.governor.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A regular expression without look-around and back-references, searched in time linear in the
 * text: texts come from a model, and some are made to be slow. Case-sensitive; {@code \d \w \s \b}
 * are ASCII. Immutable; safe to share between threads.
 */
public final class LinearPattern {

  /** The longest pattern, in UTF-16 characters. */
  public static final int MAX_LENGTH = 4096;

  private final Pattern compiled;

  private LinearPattern(Pattern compiled) {
    this.compiled = compiled;
  }

  /**
   * Compiles a pattern.
   *
   * @throws PatternProblem when it is longer than {@value #MAX_LENGTH} characters, repeats so often
   *     that its program would not fit, or is not of the supported syntax
   */
  public static LinearPattern compile(String pattern) throws PatternProblem {
    if (pattern.length() > MAX_LENGTH) {
      throw new PatternProblem("the pattern is longer than " + MAX_LENGTH + " characters");
    }
    if (!PatternSize.fits(pattern)) {
      throw new PatternProblem(
          "the pattern repeats too much: written out, its {n} may make "
              + PatternSize.MAX
              + " characters");
    }
    try {
      return new LinearPattern(Pattern.compile(pattern));
    } catch (PatternSyntaxException e) {
      throw new PatternProblem(reason(pattern, e.getDescription()));
    } catch (StackOverflowError e) {
      throw new PatternProblem("the pattern is nested too deeply");
    }
  }

  /**
   * How long the pattern is with its counted repetitions written out: what a search costs at most
   * for each character of a text, and what the compiled pattern weighs.
   */
  public long size() {
    return PatternSize.of(compiled.pattern());
  }

  /** Whether the pattern occurs anywhere in the text. */
  public boolean find(CharSequence text) {
    return compiled.matcher(text).find();
  }

  /** The pattern as it was written. */
  @Override
  public String toString() {
    return compiled.pattern();
  }

  private static String reason(String pattern, String description) {
    if (pattern.contains("(?=")
        || pattern.contains("(?!")
        || pattern.contains("(?<=")
        || pattern.contains("(?<!")) {
      return "the pattern does not compile: look-ahead and look-behind are not supported, because"
          + " they cannot be matched in linear time";
    }
    if (description.equals("invalid escape sequence") && hasBackReference(pattern)) {
      return "the pattern does not compile: back-references are not supported, because they cannot"
          + " be matched in linear time";
    }
    return "the pattern does not compile: " + description;
  }

  private static boolean hasBackReference(String pattern) {
    for (int i = 0; i + 1 < pattern.length(); i++) {
      if (pattern.charAt(i) == '\\') {
        i++;
        if (pattern.charAt(i) >= '1' && pattern.charAt(i) <= '9') {
          return true;
        }
      }
    }
    return false;
  }
}
