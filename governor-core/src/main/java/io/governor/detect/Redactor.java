package io.governor.detect;

import io.governor.detect.JsonStrings.Place;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes out what detectors find and puts {@code [REDACTED:detector]} in its place; everything else
 * stays as it is. Pure functions; any thread may use them.
 *
 * <p>Redacting again changes nothing, and the detectors that were named find nothing in what was
 * redacted. Where findings of several detectors overlap, one marker takes the place of all; it
 * bears the name of the finding that starts first, of several the longest. A marker that is already
 * there stays. Names of members are redacted like values; where two would become the same, the
 * later gets a number, {@code [REDACTED:email_address:2]}.
 *
 * <p>Names of detectors that the set does not have are ignored. What a detector of the host throws
 * reaches the caller, who must not use the text.
 */
public final class Redactor {

  private Redactor() {}

  /**
   * Redacts inside the strings of a JSON text, decoded, so that escapes hide nothing; every byte
   * outside the replaced spans stays: white space, escapes, numbers. A text that is no JSON object,
   * array or string is taken as one plain text.
   */
  public static String json(String rawJson, Set<String> detectors, Detectors all) {
    Selection selection = all.selection(detectors);
    List<Place> places = JsonStrings.in(rawJson);
    if (places != null) {
      return new JsonRedaction(rawJson, places, selection, all).run();
    }
    String redacted = text(rawJson, detectors, all);
    // What made it no JSON may be gone; then its escapes have not been looked through yet.
    List<Place> placesNow = redacted.equals(rawJson) ? null : JsonStrings.in(redacted);
    return placesNow == null
        ? redacted
        : new JsonRedaction(redacted, placesNow, selection, all).run();
  }

  /**
   * Redacts the strings of a tree of maps, lists and scalars. What does not change is the same
   * object as before; a map or list in which something changed is a copy. Beyond {@value
   * Detections#MAX_VALUES} values or {@value Detections#MAX_DEPTH} levels, containers and strings
   * are replaced by {@code [REDACTED]}, so that nothing passes that was not looked through.
   */
  public static @Nullable Object value(
      @Nullable Object tree, Set<String> detectors, Detectors all) {
    return new TreeRedaction(all.selection(detectors), all).run(tree);
  }

  /** Redacts a plain text. */
  public static String text(String text, Set<String> detectors, Detectors all) {
    List<Cut> cuts = Cut.of(text, List.of(), all.selection(detectors), all);
    return cuts.isEmpty() ? text : Rewriting.of(text, cuts);
  }
}
