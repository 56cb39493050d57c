package io.governor.sync.ledger;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of {@code sync-state.json} by name, and how values stand in them. Stateless. */
final class StateMembers {

  static final String VERSION = "schema_version";
  static final String INSTALLATION_ID = "installation_id";
  static final String SECRET = "installation_secret";
  static final String CONTACT = "contact";
  static final String ENDPOINT = "endpoint";
  static final String FROM = "from";
  static final String NOISE_SEED = "noise_seed";
  static final String LEDGER = "ledger";

  private StateMembers() {}

  static Map<String, @Nullable Object> object(Map<?, ?> value) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (Map.Entry<?, ?> member : value.entrySet()) {
      members.put(String.valueOf(member.getKey()), member.getValue());
    }
    return members;
  }

  static Map<String, @Nullable Object> objectOrEmpty(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? object(map) : Map.of();
  }

  static @Nullable Instant instantOrNull(@Nullable Object value) {
    if (!(value instanceof String text)) {
      return null;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("expected an RFC 3339 instant", e);
    }
  }

  static Instant instant(@Nullable Object value) {
    Instant instant = instantOrNull(value);
    if (instant == null) {
      throw new IllegalArgumentException("expected an RFC 3339 instant");
    }
    return instant;
  }

  static long number(@Nullable Object value) {
    if (value instanceof Long number && number >= 0) {
      return number;
    }
    throw new IllegalArgumentException("expected a whole number that is not negative");
  }

  static String text(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("expected a text");
  }
}
