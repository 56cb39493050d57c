package io.governor.cli;

import io.governor.sync.DeclaredLoss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was not counted and never will be, for people and programs. Stateless. */
final class Losses {

  private Losses() {}

  /** A line for each file. */
  static List<String> inWords(List<DeclaredLoss> losses) {
    Map<String, List<DeclaredLoss>> byFile = new LinkedHashMap<>();
    losses.forEach(
        loss -> byFile.computeIfAbsent(loss.file(), file -> new ArrayList<>()).add(loss));
    return byFile.entrySet().stream().map(file -> inWords(file.getKey(), file.getValue())).toList();
  }

  private static String inWords(String file, List<DeclaredLoss> parts) {
    String lines = Text.count(lines(parts), "line");
    return file
        + ", "
        + (parts.size() == 1 ? lines : lines + " in " + parts.size() + " places")
        + " of bytes "
        + parts.get(0).from()
        + " to "
        + parts.get(parts.size() - 1).to()
        + ": it was rewritten, and nobody can tell what was counted before";
  }

  /** How many lines they are. */
  static long lines(List<DeclaredLoss> losses) {
    return losses.stream().mapToLong(DeclaredLoss::lines).sum();
  }

  /** All of them, for programs. */
  static List<Map<String, Object>> members(List<DeclaredLoss> losses) {
    return losses.stream().map(Losses::members).toList();
  }

  private static Map<String, Object> members(DeclaredLoss loss) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("file", loss.file());
    members.put("from", loss.from());
    members.put("to", loss.to());
    members.put("lines", loss.lines());
    return members;
  }
}
