package io.governor.mcp.pin;

/**
 * Something in what a server says about a tool that no description needs. Immutable.
 *
 * @param at where, as a JSON pointer into the tool's definition; holds the server's own words
 * @param kind what it is
 */
public record ToolFinding(String at, Kind kind) {

  /** What descriptions hold that is not meant for whoever reads them. */
  public enum Kind {
    INVISIBLE("characters that nobody sees"),
    OVERRIDE("tells the model to set aside its instructions"),
    SECRECY("tells the model to keep something from the user"),
    FILES_OR_KEYS("speaks of files or keys that hold secrets"),
    ORDERS("gives the model orders beyond its own use"),
    TOO_LONG("longer than what is looked at");

    private final String meaning;

    Kind(String meaning) {
      this.meaning = meaning;
    }

    /** The kind in words. */
    public String meaning() {
      return meaning;
    }
  }

  /** Without the place: it is the server's text. */
  @Override
  public String toString() {
    return "ToolFinding[" + kind + "]";
  }
}
