package io.governor.sync;

import io.governor.RuleId;
import io.governor.json.JsonWriter;
import io.governor.standard.StandardRules;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All that can leave the machine about governed calls: who counted, with which version, from when
 * to when, and how often each published rule fired. Immutable; safe to share between threads.
 *
 * <p>It is built up from counts, never stripped down from events: there is no way into it for an
 * event, a session, a tool, an agent or a text of the operator's, because none of its five members
 * can hold one. The id and the version have closed forms, the window is two instants, and the keys
 * of the counts are rule ids, whose form is closed as well. So there is no removal step that could
 * be forgotten.
 *
 * @param installationId {@code inst_} and a UUID in lower case, or null in a dry run before there
 *     is a registration
 * @param runtimeVersion the version of this software: 1 to 64 letters, digits, dots, plus and minus
 *     signs, beginning with a letter or digit
 * @param windowStart the first instant of the window
 * @param windowEnd the first instant after the window
 * @param countsByRule one count per published rule, zeros included; the standard rules are always
 *     published
 */
public record SyncPayload(
    @Nullable String installationId,
    String runtimeVersion,
    Instant windowStart,
    Instant windowEnd,
    RuleCounts countsByRule) {

  private static final Pattern INSTALLATION_ID =
      Pattern.compile("inst_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  static final String VERSION_FORM =
      "a version is 1 to 64 letters, digits, dots, plus and minus signs";
  private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.+-]{0,63}");

  /**
   * @throws IllegalArgumentException if a member does not have its form, the window is none, or a
   *     standard rule has no count
   */
  public SyncPayload {
    if (installationId != null && !isInstallationId(installationId)) {
      throw new IllegalArgumentException("an installation id is inst_ and a UUID in lower case");
    }
    if (!isVersion(runtimeVersion)) {
      throw new IllegalArgumentException(VERSION_FORM);
    }
    // Refuses two instants that are no window.
    new TimeWindow(windowStart, windowEnd);
    if (!countsByRule.byRule().keySet().containsAll(StandardRules.ALL)) {
      throw new IllegalArgumentException("every standard rule has a count, be it 0");
    }
  }

  static boolean isVersion(String text) {
    return VERSION.matcher(text).matches();
  }

  /** Whether it has the form: {@code inst_} and a UUID in lower case. */
  public static boolean isInstallationId(String text) {
    return INSTALLATION_ID.matcher(text).matches();
  }

  /**
   * The body of a send, byte for byte: one JSON object in the text form of the execution record
   * (section 1), members in the order of this record, rules ascending, no line end. Instants are
   * written as RFC 3339 in UTC with as few of 0, 3, 6 or 9 fraction digits as keep them exact.
   * Equal payloads give equal bytes, in this version and later ones.
   */
  public byte[] toJson() {
    JsonWriter out = new JsonWriter(320);
    out.beginObject();
    out.member("installation_id").value(installationId);
    out.member("runtime_version").value(runtimeVersion);
    out.member("window_start").value(windowStart.toString());
    out.member("window_end").value(windowEnd.toString());
    out.member("counts_by_rule").beginObject();
    for (RuleId id : countsByRule.byRule().keySet()) {
      out.member(id.value()).value(countsByRule.of(id));
    }
    out.endObject();
    out.endObject();
    return out.toByteArray();
  }
}
