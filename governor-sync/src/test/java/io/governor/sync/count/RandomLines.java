package io.governor.sync.count;

import io.governor.event.EventEncoder;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.TraceEvent;
import io.governor.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;

/** Lines of traces: as they are written, and in every other way that JSON has. */
final class RandomLines {

  static final String SHORT = "{\"event_type\":\"X\"}";

  /** A little of everything. */
  static final String DENSE =
      "{\"event_id\":\"\u00e9\",\"event_type\":\"\\u0041\",\"policy_violations\":[\"POL-001\",\"x\"],"
          + "\"payload\":{\"a\":[1,-2.5e+3,true,false,null,{}],\"b\":\"\\\"\"},"
          + "\"timestamp_utc\":\"2026-04-14T12:00:00.000Z\",\"event_sequence_number\":12}";

  private static final String[] NAMES = {
    "event_id",
    "event_type",
    "session_id",
    "event_sequence_number",
    "previous_event_id",
    "agent_id",
    "deployment_mode",
    "timestamp_utc",
    "primitive",
    "payload",
    "advisory_flags",
    "policy_violations",
    "simulated_consequence",
    "pass_through",
    "profile_fingerprint",
    "governor",
    "later",
    "event_i",
    "event_idx",
    "",
    "n\u00e4me",
    "event_sequence_number_",
    "a name of more than twenty-four characters"
  };

  private static final String[] RULES = {
    "POL-001",
    "POL-002",
    "POL-003",
    "POL-004",
    "POL-005",
    "ACME-101",
    "ABCDEFGH-123456",
    "pol-001",
    "POL-0011",
    "POL-00",
    "",
    "any text at all, longer than an id",
    "\u00e9"
  };

  private static final String[] BLANKS = {"", "", "", " ", " ", "  ", "\t", " \r ", "        "};

  private static final String[] SCALARS = {
    "0",
    "-0",
    "1",
    "12",
    "-7",
    "1.5",
    "1e9",
    "-1.25E-3",
    "123456789012345678",
    "12345678901234567890",
    "true",
    "false",
    "null",
    "\"\"",
    "\"x\"",
    "\"POL-001\"",
    "\"a longer text, of some words\"",
    "\"with \\\"escapes\\\" \\\\ \\u00e9 \\ud83d\\ude00 \\/\"",
    "\"gr\u00fc\u00dfe \u2026 \ud83d\ude00\"",
    "\"\\ud800\"",
    "[]",
    "{}",
    "[ ]",
    "{ }",
    "\"2026-04-14T12:00:00.000Z\"",
    "\"1234567\"",
    "\"12345678\""
  };

  private final SplittableRandom random;

  RandomLines(SplittableRandom random) {
    this.random = random;
  }

  /** As Governor writes it. */
  String written() {
    TreeSet<String> violations = new TreeSet<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      violations.add(RULES[random.nextInt(7)]);
    }
    TraceEvent event =
        new TraceEvent(
            uuid(),
            uuid(),
            random.nextInt(1, 1_000_000),
            random.nextBoolean() ? uuid() : null,
            "agent-" + random.nextInt(10),
            "vendor_managed",
            Instant.ofEpochMilli(random.nextLong(2_000_000_000_000L)),
            new ScopeAsserted("t\u00f6ol", List.of("write"), "mail \"x\"", "WRITE", "call", null),
            List.of(),
            List.copyOf(violations),
            random.nextBoolean() ? "A consequence, told in a sentence." : null,
            true,
            null,
            null);
    JsonWriter out = new JsonWriter(512);
    EventEncoder.encode(event, out);
    return new String(out.toByteArray(), StandardCharsets.US_ASCII);
  }

  private String uuid() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  /** An object of members in any order, mostly an event. */
  String any() {
    List<String> members = new ArrayList<>();
    if (random.nextInt(10) > 0) {
      members.add(member("event_type", random.nextInt(20) == 0 ? value(0) : "\"SCOPE_ASSERTED\""));
    }
    for (int i = random.nextInt(9); i > 0; i--) {
      String name = NAMES[random.nextInt(NAMES.length)];
      members.add(member(name, valueOf(name)));
    }
    Collections.shuffle(members, new Random(random.nextLong()));
    String separator = blank() + "," + blank();
    return blank() + "{" + blank() + String.join(separator, members) + blank() + "}" + blank();
  }

  private String member(String name, String value) {
    String written =
        name.isEmpty() || random.nextInt(20) > 0
            ? name
            : escaped(name, random.nextInt(name.length()));
    return "\"" + written + "\"" + blank() + ":" + blank() + value;
  }

  private static String escaped(String name, int at) {
    return "%s\\u%04x%s"
        .formatted(name.substring(0, at), (int) name.charAt(at), name.substring(at + 1));
  }

  private String valueOf(String name) {
    if (random.nextInt(8) == 0) {
      return value(0);
    }
    return switch (name) {
      case "event_id", "session_id" -> "\"" + (random.nextBoolean() ? uuid() : "id\u00e9") + "\"";
      case "timestamp_utc" -> timestamp();
      case "policy_violations" -> violations();
      case "event_sequence_number" -> String.valueOf(random.nextInt(100_000));
      default -> value(0);
    };
  }

  private String timestamp() {
    return "\"%04d-%02d-%02dT%02d:%02d:%02d.%03dZ\""
        .formatted(
            random.nextInt(10_000),
            random.nextInt(14),
            random.nextInt(33),
            random.nextInt(25),
            random.nextInt(61),
            random.nextInt(61),
            random.nextInt(1_000));
  }

  private String violations() {
    List<String> items = new ArrayList<>();
    for (int i = random.nextInt(random.nextInt(10) == 0 ? 40 : 4); i > 0; i--) {
      items.add(
          random.nextInt(20) == 0 ? value(0) : "\"" + RULES[random.nextInt(RULES.length)] + "\"");
    }
    return "[" + blank() + String.join(blank() + "," + blank(), items) + blank() + "]";
  }

  private String value(int depth) {
    if (depth > 3 || random.nextInt(3) > 0) {
      return SCALARS[random.nextInt(SCALARS.length)];
    }
    boolean isObject = random.nextBoolean();
    List<String> items = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      String value = value(depth + 1);
      items.add(isObject ? member(NAMES[random.nextInt(NAMES.length)], value) : value);
    }
    String joined = blank() + String.join(blank() + "," + blank(), items) + blank();
    return isObject ? "{" + joined + "}" : "[" + joined + "]";
  }

  private String blank() {
    return BLANKS[random.nextInt(BLANKS.length)];
  }
}
