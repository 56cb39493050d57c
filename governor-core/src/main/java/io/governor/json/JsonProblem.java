package io.governor.json;

/**
 * A JSON document that was refused: where, and why in plain words. The reason never quotes the
 * document, and no cause is kept that might.
 */
public final class JsonProblem extends Exception {

  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;
  private final String reason;

  JsonProblem(int line, int column, String reason) {
    super("line " + line + ", column " + column + ": " + reason);
    this.line = line;
    this.column = column;
    this.reason = reason;
  }

  /** The line, counted from 1. */
  public int line() {
    return line;
  }

  /** The column in UTF-16 characters, counted from 1. */
  public int column() {
    return column;
  }

  /** Why the document was refused. */
  public String reason() {
    return reason;
  }
}
