package io.governor.sync.wire;

import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;
import io.governor.sync.InstallationSecret;
import io.governor.sync.SyncException.Delivery;
import io.governor.sync.UpdateCheck;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a server answers, strictly and within small limits. Members that are not known are
 * left alone. Refusals hold nothing the server said. Stateless.
 */
final class Answers {

  private static final StrictJson.Limits LIMITS =
      new StrictJson.Limits(8, 1_024, 256, LimitedBody.MOST, 1_000);

  private Answers() {}

  /** Any object acknowledges a send; a page that some other server shows does not. */
  static void acknowledgement(byte[] json) throws AttemptFailed {
    object(json, "expected a JSON object");
  }

  /** {@code {"installation_secret": "sgn_live_…"}}. */
  static InstallationSecret secret(byte[] json) throws AttemptFailed {
    String expected = "expected a JSON object with installation_secret, sgn_live_…";
    try {
      return InstallationSecret.of(text(object(json, expected).get("installation_secret")));
    } catch (IllegalArgumentException e) {
      throw unexpected(expected);
    }
  }

  /** {@code {"latest_version": "…" or null, "update_available": true or false}}. */
  static UpdateCheck updateCheck(byte[] json) throws AttemptFailed {
    String expected =
        "expected a JSON object with latest_version, a version or null, and update_available, true"
            + " or false";
    Map<?, ?> object = object(json, expected);
    Object latest = object.get("latest_version");
    if (!(object.get("update_available") instanceof Boolean newer)) {
      throw unexpected(expected);
    }
    try {
      return new UpdateCheck(latest == null ? null : text(latest), newer);
    } catch (IllegalArgumentException e) {
      throw unexpected(expected);
    }
  }

  private static Map<?, ?> object(byte[] json, String expected) throws AttemptFailed {
    try {
      if (StrictJson.parse(json, LIMITS) instanceof Map<?, ?> object) {
        return object;
      }
    } catch (JsonProblem e) {
      // Told below, in the same words whatever is wrong.
    }
    throw unexpected(expected);
  }

  private static String text(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("no text");
  }

  private static AttemptFailed unexpected(String expected) {
    return AttemptFailed.without(
        Delivery.UNKNOWN, false, "the server's answer cannot be used: " + expected);
  }
}
