package io.governor;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.GovernorMember;
import io.governor.event.TraceEvent;
import io.governor.trace.TraceReader;
import io.governor.trace.TraceSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads traces that tests have written. */
final class WrittenTraces {

  private WrittenTraces() {}

  static List<TraceEvent> events(Path file) throws IOException {
    List<TraceEvent> events = new ArrayList<>();
    TraceReader.read(
        TraceSource.of(file),
        (event, at) -> {
          events.add(event);
          return true;
        });
    return events;
  }

  static GovernorMember.Chain chain(TraceEvent event) {
    return Objects.requireNonNull(Objects.requireNonNull(event.governor()).chain());
  }

  static String withoutChain(String line) {
    return line.substring(0, line.length() - 165) + "}}";
  }

  /** Recomputes the chain from the bytes alone. */
  static void assertChained(String text, int from) {
    Map<Integer, String> broken = new HashMap<>();
    byte[] prev = new byte[32];
    List<String> lines = text.lines().toList();
    for (int i = from; i < lines.size(); i++) {
      try {
        java.security.MessageDigest sha = java.security.MessageDigest.getInstance("SHA-256");
        sha.update(prev);
        sha.update(withoutChain(lines.get(i)).getBytes(StandardCharsets.UTF_8));
        String before = java.util.HexFormat.of().formatHex(prev);
        prev = sha.digest();
        String expected =
            ", \"chain\": {\"prev\": \""
                + before
                + "\", \"hash\": \""
                + java.util.HexFormat.of().formatHex(prev)
                + "\"}}}";
        if (!lines.get(i).endsWith(expected)) {
          broken.put(i, lines.get(i));
        }
      } catch (java.security.NoSuchAlgorithmException e) {
        throw new AssertionError(e);
      }
    }
    assertThat(broken).isEmpty();
  }
}
