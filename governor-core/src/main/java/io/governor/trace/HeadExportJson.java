package io.governor.trace;

import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of a {@link HeadExport}. Stateless. */
final class HeadExportJson {

  private static final StrictJson.Limits LIMITS =
      new StrictJson.Limits(8, 1 << 16, 256, 1L << 30, 100_000_000);

  private HeadExportJson() {}

  static HeadExport parse(String text) {
    Map<?, ?> members = members(text);
    if (!Long.valueOf(1).equals(members.get("governor_heads"))) {
      throw new IllegalArgumentException("governor_heads: expected 1: this is no export of heads");
    }
    HeadExport export;
    try {
      export =
          new HeadExport(
              Instant.parse(text(members, "at")),
              heads(members.get("heads")),
              number(members, "log_bytes"),
              text(members, "log_hash"));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("at: expected a time such as 2026-11-21T09:00:00Z");
    }
    if (!export.hash().equals(members.get("sha256"))) {
      throw new IllegalArgumentException(
          "sha256: the export is not whole, or was changed: its hash is another");
    }
    return export;
  }

  private static Map<?, ?> members(String text) {
    try {
      if (StrictJson.parse(text, LIMITS) instanceof Map<?, ?> members) {
        return members;
      }
    } catch (JsonProblem e) {
      throw new IllegalArgumentException("the export is no JSON, or not whole");
    }
    throw new IllegalArgumentException("expected an object");
  }

  private static List<TraceHead> heads(@Nullable Object value) {
    List<TraceHead> heads = new ArrayList<>();
    if (!(value instanceof List<?> items)) {
      throw new IllegalArgumentException("heads: expected a list");
    }
    for (Object item : items) {
      if (!(item instanceof Map<?, ?> head)) {
        throw new IllegalArgumentException("heads: expected objects");
      }
      ChainHead known = new ChainHead(text(head, "hash"), number(head, "lines"));
      heads.add(new TraceHead(text(head, "trace"), known.lines(), known.hash()));
    }
    return heads;
  }

  private static String text(Map<?, ?> members, String name) {
    if (members.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(name + ": expected text");
  }

  private static long number(Map<?, ?> members, String name) {
    if (members.get(name) instanceof Long number) {
      return number;
    }
    throw new IllegalArgumentException(name + ": expected a number");
  }
}
