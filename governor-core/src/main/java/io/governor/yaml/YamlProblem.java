package io.governor.yaml;

/** A YAML document that was refused: where, and why in plain words. It never quotes values. */
public final class YamlProblem extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Place place;
  private final transient KeyPath path;
  private final String reason;

  YamlProblem(Place place, KeyPath path, String reason) {
    super(place.line() + ":" + place.column() + ": " + path + ": " + reason);
    this.place = place;
    this.path = path;
    this.reason = reason;
  }

  /** Where in the file. */
  public Place place() {
    return place;
  }

  /** Where in the document; the root when the text is no YAML at all. */
  public KeyPath path() {
    return path;
  }

  /** Why the document was refused. */
  public String reason() {
    return reason;
  }
}
