package io.governor.file;

/**
 * Why {@link RootedFiles} does not follow a path. Most are ways to write a path so that one reader
 * takes it for harmless and another for {@code ../} (CWE-22 and its children; the OWASP testing
 * guide on path traversal). The sentences hold nothing of the path.
 */
public enum Refusal {
  /** Nothing to follow. */
  EMPTY("the path is empty"),
  /** Over 4096 bytes, or a name over 255. */
  TOO_LONG("the path is longer than 4096 bytes or one of its names longer than 255"),
  /** NUL, line ends, and other characters without a shape, invisible ones included. */
  CONTROL_CHARACTER("the path holds a control or invisible character"),
  /** Text that was no Unicode: a lone surrogate, a replacement character, an overlong form. */
  NOT_UNICODE("the path holds what is no Unicode text"),
  /** Windows' separator, also of paths on other machines; not where the roots are Windows'. */
  BACKSLASH("the path holds a backslash"),
  /** {@code ~} and {@code ~user}. */
  HOME("the path begins with a tilde"),
  /**
   * A scheme and its slash, {@code file:} and {@code jar:}, a drive and its slash. Where the roots
   * are Windows' every colon but that of the drive: {@code C:name}, alternate data streams.
   */
  COLON("the path holds a colon that may end a scheme, a drive or a file name"),
  /** Windows: {@code \\?\}, {@code \\.\}, and names that are devices wherever they stand. */
  DEVICE("the path may name a device"),
  /** Windows: {@code PROGRA~1} and its like. */
  SHORT_NAME("a name of the path may be short for another one"),
  /** {@code %2e}, {@code %252f}, {@code %c0%ae}, {@code %u2215} and their like. */
  ENCODED("the path holds an encoded character that may stand for a dot or a separator"),
  /** Characters that look like, or are folded into, a dot, a separator, a colon, a tilde. */
  LOOK_ALIKE("the path holds a character that looks like a dot or a separator"),
  /** {@code ...}, {@code ..;}, {@code .?}: more than dots, less than a name. */
  DISGUISED_DOTS("the path holds a name of nothing but dots and marks"),
  /** Windows drops them, so where the roots are Windows'. */
  TRAILING("a name of the path ends in a dot or a blank"),
  /** {@code /proc}: what is there depends on who looks. */
  PROCESS_FILES("the path leads through the files of a process"),
  /** More than 40 links, or links in a circle. */
  TOO_MANY_LINKS("the path leads through too many links"),
  /** A directory on the way could not be looked at. */
  UNREADABLE("a part of the path could not be looked at"),
  /** Outside, except where the file system takes letters of either case for the same. */
  OTHER_CASE("the path is inside only where letters of either case are the same"),
  /** A relative working directory. */
  NO_DIRECTORY("the working directory is no absolute path");

  private final String sentence;

  Refusal(String sentence) {
    this.sentence = sentence;
  }

  /** The reason in words. */
  public String sentence() {
    return sentence;
  }
}
