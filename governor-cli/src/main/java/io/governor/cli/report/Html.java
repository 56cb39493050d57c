package io.governor.cli.report;

/**
 * Writes HTML. Every text goes through {@link #text}, which leaves nothing in it that a browser
 * would obey; control characters and invisible ones, which could turn the writing around, are shown
 * as escapes. Confined to one thread.
 */
final class Html {

  private final StringBuilder out = new StringBuilder(64 << 10);

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn; one whose value is empty is left out
   */
  Html open(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      attribute(attributes[i], attributes[i + 1]);
    }
    out.append('>');
    return this;
  }

  private void attribute(String name, String value) {
    if (!value.isEmpty()) {
      out.append(' ').append(name).append("=\"");
      text(value);
      out.append('"');
    }
  }

  Html close(String tag) {
    out.append("</").append(tag).append('>');
    return this;
  }

  /** An element with a text and nothing else. */
  Html element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close(tag);
  }

  /** Ends the line, so that the page can be read as text too. */
  Html line() {
    out.append('\n');
    return this;
  }

  /** A text from wherever. */
  Html text(String text) {
    text.codePoints().forEach(this::character);
    return this;
  }

  /** Text of our own that is HTML or CSS already. */
  Html own(String markup) {
    out.append(markup);
    return this;
  }

  private void character(int c) {
    switch (c) {
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '&' -> out.append("&amp;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      default -> plain(c);
    }
  }

  private void plain(int c) {
    switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          out.append(String.format("\\u{%x}", c));
      default -> out.appendCodePoint(c);
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
