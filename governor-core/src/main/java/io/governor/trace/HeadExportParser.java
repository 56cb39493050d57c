package io.governor.trace;

import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads the text of a {@link HeadExport}. Not safe for use by several threads. */
final class HeadExportParser {

  private final String text;
  private final List<String> lines;

  HeadExportParser(String text) {
    this.text = text.stripTrailing();
    this.lines = this.text.lines().toList();
  }

  HeadExport parse() {
    if (lines.isEmpty() || !HeadExport.isTitle(lines.get(0))) {
      throw wrong(1, "expected \"governor heads 1\": this is no export of heads");
    }
    int last = lines.size() - 1;
    String before = text.substring(0, text.length() - lines.get(last).length());
    if (last < 3 || !HeadExport.isCheck(lines.get(last), before)) {
      throw wrong(
          last + 1, "the export is not whole, or was changed: the hash of its lines is another");
    }
    TraceHead log = head(2);
    List<TraceHead> heads = new ArrayList<>();
    for (int i = 3; i < last; i++) {
      heads.add(head(i));
    }
    return new HeadExport(time(), heads, log.lines(), log.hash());
  }

  private Instant time() {
    try {
      return Instant.parse(lines.get(1));
    } catch (DateTimeException e) {
      throw wrong(2, "expected a time such as 2026-11-21T09:00:00Z");
    }
  }

  private TraceHead head(int index) {
    String[] words = lines.get(index).split(" ", 3);
    try {
      if (words.length == 3) {
        ChainHead head = new ChainHead(words[0], Long.parseLong(words[1]));
        return new TraceHead(name(words[2]), head.lines(), head.hash());
      }
    } catch (IllegalArgumentException | JsonProblem e) {
      // Said below.
    }
    throw wrong(index + 1, "expected a hash, a number and a file");
  }

  private static String name(String shown) throws JsonProblem {
    return shown.startsWith("\"")
        ? String.valueOf(StrictJson.parse(shown, StrictJson.Limits.POLICY))
        : shown;
  }

  private static IllegalArgumentException wrong(long line, String what) {
    return new IllegalArgumentException("line " + line + ": " + what);
  }
}
