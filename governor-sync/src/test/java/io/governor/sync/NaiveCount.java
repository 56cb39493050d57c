package io.governor.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.governor.RuleId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Counting as one would write it in an afternoon: the whole file in memory, every line a tree. */
final class NaiveCount {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  final TreeMap<RuleId, Long> counts = new TreeMap<>(RuleCounts.zero(List.of()).byRule());
  private final Set<List<String>> seen = new HashSet<>();
  long events;
  long malformed;
  long duplicates;
  long unidentified;
  long unpublished;
  long withoutTime;
  long outsideWindow;

  static NaiveCount of(Path file, TimeWindow window) throws IOException {
    NaiveCount count = new NaiveCount();
    byte[] bytes = Files.readAllBytes(file);
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        count.line(Arrays.copyOfRange(bytes, start, i), window);
        start = i + 1;
      }
    }
    return count;
  }

  private void line(byte[] bytes, TimeWindow window) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().strip();
      if (text.isEmpty()) {
        return;
      }
      JsonNode event = MAPPER.readTree(text);
      if (!event.isObject() || !event.path("event_type").isTextual() || depth(event) > 100) {
        malformed++;
        return;
      }
      event(event, window);
    } catch (CharacterCodingException | JsonProcessingException e) {
      malformed++;
    }
  }

  private static int depth(JsonNode node) {
    int deepest = 0;
    for (JsonNode child : node) {
      deepest = Math.max(deepest, depth(child));
    }
    return node.isContainerNode() ? deepest + 1 : 0;
  }

  private void event(JsonNode event, TimeWindow window) {
    events++;
    Instant time = time(event.path("timestamp_utc"));
    if (time == null) {
      withoutTime++;
      return;
    }
    if (time.isBefore(window.start()) || time.compareTo(window.end()) >= 0) {
      outsideWindow++;
      return;
    }
    Set<String> violations = new HashSet<>();
    if (event.path("policy_violations").isArray()) {
      for (JsonNode id : event.path("policy_violations")) {
        if (id.isTextual()) {
          violations.add(id.asText());
        }
      }
    }
    if (!violations.isEmpty() && isNew(event)) {
      violations.forEach(this::occurred);
    }
  }

  private boolean isNew(JsonNode event) {
    if (!event.path("event_id").isTextual()) {
      unidentified++;
      return true;
    }
    boolean isNew =
        seen.add(List.of(event.path("session_id").asText(""), event.path("event_id").asText()));
    if (!isNew) {
      duplicates++;
    }
    return isNew;
  }

  private void occurred(String id) {
    if (RuleId.isWellFormed(id) && counts.containsKey(RuleId.of(id))) {
      counts.merge(RuleId.of(id), 1L, Long::sum);
    } else {
      unpublished++;
    }
  }

  private static Instant time(JsonNode stamp) {
    try {
      return stamp.isTextual() ? OffsetDateTime.parse(stamp.asText()).toInstant() : null;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
