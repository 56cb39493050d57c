package io.governor.mcp;

import com.sun.net.httpserver.Headers;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a message of which something was rewritten: {@code Mcp-Name} and {@code
 * Mcp-Param-*} repeat what stands in it, and must not tell the server what was taken out. Where it
 * is not certain what a field repeats, the field is left out, and the server refuses the call.
 */
final class RewrittenFields {

  private static final String PARAM = MirroredFields.PARAM.toLowerCase(Locale.ROOT);

  /** What each value that changed became; null for one that is gone or became several things. */
  private final Map<String, @Nullable String> changes = new HashMap<>();

  private boolean any;

  private RewrittenFields() {}

  /** A client's fields, as they go with what its message became. */
  static Headers of(Headers sent, byte[] message, byte[] onward) {
    Map<String, @Nullable Object> before = params(message);
    Map<String, @Nullable Object> after = params(onward);
    if (before.equals(after)) {
      return sent;
    }
    RewrittenFields rewritten = new RewrittenFields();
    rewritten.compare(before, after);
    return rewritten.any ? rewritten.applied(sent) : sent;
  }

  private static Map<String, @Nullable Object> params(byte[] message) {
    try {
      List<Frame.Part> parts = Frame.read(message).parts();
      return parts.size() == 1 && parts.get(0).message() instanceof Message.Request request
          ? request.params()
          : Map.of();
    } catch (RefusedFrame e) {
      return Map.of();
    }
  }

  private void compare(@Nullable Object before, @Nullable Object after) {
    if (before instanceof Map<?, ?> members) {
      Map<?, ?> others = after instanceof Map<?, ?> map ? map : Map.of();
      members.forEach((name, value) -> compare(value, others.get(name)));
    } else if (before instanceof List<?> items) {
      List<?> others = after instanceof List<?> list ? list : List.of();
      for (int i = 0; i < items.size(); i++) {
        compare(items.get(i), i < others.size() ? others.get(i) : null);
      }
    } else {
      became(MirroredFields.text(before), MirroredFields.text(after));
    }
  }

  private void became(@Nullable String before, @Nullable String after) {
    if (before == null) {
      return;
    }
    any |= !before.equals(after);
    boolean twoThings = changes.containsKey(before) && !Objects.equals(changes.get(before), after);
    changes.put(before, twoThings ? null : after);
  }

  private Headers applied(Headers sent) {
    Headers fields = new Headers();
    sent.forEach(
        (name, values) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (lower.startsWith(PARAM) || lower.equals("mcp-name")) {
            values.stream()
                .map(this::repeated)
                .filter(Objects::nonNull)
                .forEach(value -> fields.add(name, value));
          } else {
            fields.put(name, values);
          }
        });
    return fields;
  }

  /** What a field says from now on; null when it goes. */
  private @Nullable String repeated(String field) {
    String value = MirroredFields.decoded(field.strip());
    if (value == null || !changes.containsKey(value)) {
      return null;
    }
    String after = changes.get(value);
    return after == null ? null : MirroredFields.encoded(after);
  }
}
