package io.governor.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.TraceEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Checks a trace as a stranger would, from its bytes and the words of the execution record
 * (sections 2.1 and 3), without the code that wrote it.
 */
final class Chains {

  private static final int TAIL = 165;
  private static final String ZEROS = "0".repeat(64);

  private Chains() {}

  /** Sequence numbers without gap, links without break, hashes that fit. */
  static void assertUnbroken(Path trace) {
    List<TraceEvent> events = HookBench.read(trace);
    String previous = null;
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).sequence()).isEqualTo(i + 1);
      assertThat(events.get(i).previousEventId()).isEqualTo(previous);
      previous = events.get(i).eventId();
    }
    List<String> lines = lines(trace);
    assertThat(lines).hasSameSizeAs(events);
    assertChained(lines, ZEROS);
  }

  /** Hashes that fit, over the lines that are events. */
  static void assertChained(List<String> lines, String start) {
    String previous = start;
    for (String line : lines) {
      assertThat(prev(line)).isEqualTo(previous);
      assertThat(hash(line)).isEqualTo(recomputed(line));
      previous = hash(line);
    }
  }

  static List<String> lines(Path trace) {
    try {
      String text = Files.readString(trace, StandardCharsets.US_ASCII);
      assertThat(text).endsWith("\n");
      return text.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String hash(String line) {
    return line.substring(line.length() - 68, line.length() - 4);
  }

  private static String prev(String line) {
    int start = line.length() - TAIL + ", \"chain\": {\"prev\": \"".length();
    return line.substring(start, start + 64);
  }

  private static String recomputed(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
    byte[] body = Arrays.copyOf(bytes, bytes.length - TAIL + 2);
    body[body.length - 2] = '}';
    body[body.length - 1] = '}';
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(HexFormat.of().parseHex(prev(line)));
      return HexFormat.of().formatHex(digest.digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
