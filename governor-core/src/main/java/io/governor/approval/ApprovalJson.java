package io.governor.approval;

import io.governor.approval.PendingApproval.Asking;
import io.governor.json.JsonProblem;
import io.governor.json.JsonWriter;
import io.governor.json.StrictJson;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of questions and answers: one JSON object each. Version 1 of a question has {@code
 * schema}, {@code digest}, {@code digest_of}, {@code tool}, {@code agent}, {@code session}, {@code
 * rules} (id and reason), {@code time}, {@code expires}, {@code arguments} and {@code
 * arguments_left_out}; of an answer {@code schema}, {@code digest}, {@code allowed}, {@code rules}
 * (ids) and {@code expires}. Stateless.
 */
final class ApprovalJson {

  /** Files larger than this are refused. */
  static final int MOST_BYTES = 4 << 20;

  private static final long SCHEMA = 1;
  private static final String DIGEST_OF =
      "SHA-256 of the JSON array [agent, tool, arguments] with sorted names and without blanks; it"
          + " covers all arguments, also characters left out here";
  private static final StrictJson.Limits LIMITS =
      new StrictJson.Limits(8, 1 << 20, 64, MOST_BYTES, 200_000);

  private final Map<?, ?> members;

  private ApprovalJson(Map<?, ?> members) {
    this.members = members;
  }

  static byte[] question(PendingApproval question) {
    JsonWriter out = new JsonWriter(1024).beginObject();
    out.member("schema").value(SCHEMA);
    out.member("digest").value(question.digest());
    out.member("digest_of").value(DIGEST_OF);
    out.member("tool").value(question.tool());
    out.member("agent").value(question.agent());
    out.member("session").value(question.session());
    out.member("rules").beginArray();
    for (Asking rule : question.rules()) {
      out.item().beginObject().member("id").value(rule.id());
      out.member("reason").value(rule.reason()).endObject();
    }
    out.endArray().member("time").value(question.time().toString());
    out.member("expires").value(question.expires().toString());
    out.member("arguments").value(question.arguments());
    out.member("arguments_left_out").value(question.leftOut());
    return out.endObject().raw('\n').toByteArray();
  }

  static byte[] answer(Answer answer) {
    JsonWriter out = new JsonWriter(256).beginObject();
    out.member("schema").value(SCHEMA);
    out.member("digest").value(answer.digest());
    out.member("allowed").value(Boolean.valueOf(answer.allowed()));
    out.member("rules").value(answer.rules());
    out.member("expires").value(answer.expires().toString());
    return out.endObject().raw('\n').toByteArray();
  }

  static PendingApproval question(byte[] json) throws ApprovalProblem {
    ApprovalJson file = read(json);
    return new PendingApproval(
        file.digest(),
        file.text("tool"),
        file.text("agent"),
        file.text("session"),
        file.asking(),
        file.instant("time"),
        file.instant("expires"),
        file.text("arguments"),
        file.value("arguments_left_out", Long.class, "a whole number"),
        null);
  }

  static Answer answer(byte[] json, String where) throws ApprovalProblem {
    try {
      ApprovalJson file = read(json);
      return new Answer(
          file.digest(),
          file.value("allowed", Boolean.class, "true or false"),
          file.ruleIds(),
          file.instant("expires"));
    } catch (ApprovalProblem e) {
      throw new ApprovalProblem(where + ": " + e.text());
    }
  }

  private static ApprovalJson read(byte[] json) throws ApprovalProblem {
    try {
      if (!(StrictJson.parse(json, LIMITS) instanceof Map<?, ?> members)) {
        throw new ApprovalProblem("line 1, column 1: expected a JSON object");
      }
      ApprovalJson file = new ApprovalJson(members);
      if (file.value("schema", Long.class, "a whole number") != SCHEMA) {
        throw new ApprovalProblem("schema: expected " + SCHEMA + ", the version this one knows");
      }
      return file;
    } catch (JsonProblem e) {
      throw new ApprovalProblem(String.valueOf(e.getMessage()));
    }
  }

  private <T> T value(String name, Class<T> type, String expected) throws ApprovalProblem {
    Object value = members.get(name);
    if (!type.isInstance(value)) {
      throw new ApprovalProblem(name + ": expected " + expected);
    }
    return type.cast(value);
  }

  private String text(String name) throws ApprovalProblem {
    return value(name, String.class, "a text");
  }

  private String digest() throws ApprovalProblem {
    String digest = text("digest");
    boolean hex = digest.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    if (digest.length() != 64 || !hex) {
      throw new ApprovalProblem("digest: expected 64 hex digits in lower case");
    }
    return digest;
  }

  private Instant instant(String name) throws ApprovalProblem {
    try {
      return Instant.parse(text(name));
    } catch (DateTimeParseException e) {
      throw new ApprovalProblem(name + ": expected a time such as 2026-04-14T09:00:00Z");
    }
  }

  private List<Asking> asking() throws ApprovalProblem {
    List<Asking> rules = new ArrayList<>();
    for (Object item : value("rules", List.class, "a list")) {
      if (!(item instanceof Map<?, ?> rule) || !(rule.get("id") instanceof String id)) {
        throw new ApprovalProblem("rules: expected objects with an id");
      }
      Object reason = rule.get("reason");
      rules.add(new Asking(id, reason instanceof String text ? text : null));
    }
    return rules;
  }

  private List<String> ruleIds() throws ApprovalProblem {
    List<String> ids = new ArrayList<>();
    for (@Nullable Object item : value("rules", List.class, "a list")) {
      if (!(item instanceof String id)) {
        throw new ApprovalProblem("rules: expected ids of rules");
      }
      ids.add(id);
    }
    return ids;
  }
}
