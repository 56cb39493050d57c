package io.governor.mcp.pin;

/**
 * One thing in which a tool differs from what was pinned. Immutable.
 *
 * @param at where, as a JSON pointer into the tool's definition; holds the server's own words
 * @param what what became of it; may quote the server
 * @param widens whether the tool now takes, asks for or claims more than before
 */
public record Difference(String at, String what, boolean widens) {

  /** Without place and words: they are the server's text. */
  @Override
  public String toString() {
    return "Difference[" + (widens ? "widens" : "does not widen") + "]";
  }
}
