package io.governor.hooks.install;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Settings that people, editors and other tools might have written: any content, any style. */
final class ForeignSettings {

  private static final List<String> NAMES =
      List.of("model", "env", "a b", "\\u00e4", "x\\\"y", "PreToolUse", "command", "", "😀");

  private final SplittableRandom random;
  private final String agent;
  private final String newline;
  private final String unit;
  private final boolean oneLine;

  ForeignSettings(SplittableRandom random, String agent) {
    this.random = random;
    this.agent = agent;
    this.newline = random.nextInt(4) == 0 ? "\r\n" : "\n";
    this.unit = List.of("  ", "    ", "\t", " ").get(random.nextInt(4));
    this.oneLine = random.nextInt(5) == 0;
  }

  static String file(String agent) {
    return switch (agent) {
      case "claude-code" -> ".claude/settings.json";
      case "codex" -> ".codex/hooks.json";
      case "gemini" -> ".gemini/settings.json";
      default -> ".cursor/hooks.json";
    };
  }

  String text() {
    List<String> members = new ArrayList<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      members.add("\"" + NAMES.get(random.nextInt(NAMES.size())) + i + "\": " + value(1));
    }
    if (random.nextBoolean()) {
      members.add(random.nextInt(members.size() + 1), "\"hooks\": " + hooks());
    }
    String mark = random.nextInt(10) == 0 ? "\ufeff" : "";
    String end = List.of("", newline, newline + newline, " ").get(random.nextInt(4));
    return mark + block('{', '}', members, 0) + end;
  }

  private String hooks() {
    List<String> members = new ArrayList<>();
    List<String> events =
        List.of("PreToolUse", "Stop", "BeforeTool", "preToolUse", "Other", "SessionEnd");
    for (String event : events) {
      if (random.nextInt(3) == 0) {
        members.add("\"" + event + "\": " + entries());
      }
    }
    return block('{', '}', members, 1);
  }

  private String entries() {
    List<String> entries = new ArrayList<>();
    int count = random.nextInt(3);
    for (int i = 0; i < count; i++) {
      String hook =
          block(
              '{',
              '}',
              List.of("\"command\": \"echo /x/bin/governor-hook && " + agent + "\"", "\"n\": 1.50"),
              4);
      entries.add(
          agent.equals("cursor")
              ? hook
              : block(
                  '{',
                  '}',
                  List.of(
                      "\"matcher\": \"Bash\"", "\"hooks\": " + block('[', ']', List.of(hook), 3)),
                  2));
    }
    return block('[', ']', entries, 2);
  }

  private String value(int depth) {
    return switch (random.nextInt(depth > 3 ? 4 : 6)) {
      case 0 -> "1e3";
      case 1 -> "\"{\\\"hooks\\\": [1,]} // no comment\"";
      case 2 -> "null";
      case 3 -> "-0.10";
      case 4 -> block('[', ']', List.of(value(depth + 1), value(depth + 1)), depth);
      default -> block('{', '}', List.of("\"k\" : " + value(depth + 1)), depth);
    };
  }

  private String block(char open, char close, List<String> parts, int depth) {
    if (parts.isEmpty()) {
      return List.of("" + open + close, open + " " + close, open + newline() + close)
          .get(random.nextInt(3));
    }
    if (oneLine || random.nextInt(4) == 0) {
      return open + String.join(random.nextBoolean() ? ", " : ",", parts) + close;
    }
    String inner = newline + unit.repeat(depth + 1);
    return open + inner + String.join("," + inner, parts) + newline + unit.repeat(depth) + close;
  }

  private String newline() {
    return oneLine ? " " : newline;
  }
}
