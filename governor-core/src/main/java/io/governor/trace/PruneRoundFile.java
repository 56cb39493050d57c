package io.governor.trace;

import io.governor.file.OwnerOnly;
import io.governor.json.JsonProblem;
import io.governor.json.JsonWriter;
import io.governor.json.StrictJson;
import io.governor.trace.PruneRound.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a {@link PruneRound} between its steps. Owner-only, replaced in one step, and with a
 * checksum: a round that is damaged, of another day or not ours is none, and another begins.
 */
final class PruneRoundFile {

  private static final long LARGEST = 1 << 20;

  private final Path path;
  private final Path traces;

  PruneRoundFile(Path path, Path traces) {
    this.path = path;
    this.traces = traces;
  }

  void write(PruneRound round) throws IOException {
    OwnerOnly.replaceCache(path, CheckedText.seal(json(round)));
  }

  void remove() throws IOException {
    Files.deleteIfExists(path);
  }

  /** The round that is under way, or null when there is none. */
  @Nullable PruneRound read() {
    try {
      if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || Files.size(path) > LARGEST) {
        return null;
      }
      byte[] text = CheckedText.open(Files.readAllBytes(path));
      return text != null && StrictJson.parse(text, StrictJson.Limits.POLICY) instanceof Map<?, ?> m
          ? round(m)
          : null;
    } catch (IOException | JsonProblem | RuntimeException e) {
      return null;
    }
  }

  private byte[] json(PruneRound round) {
    RetentionRule rule = round.rule();
    Progress progress = round.progress();
    JsonWriter json = new JsonWriter(4096).beginObject();
    instant(json.member("now"), rule.now());
    json.member("retention_seconds").value(rule.retention().toSeconds());
    json.member("most_bytes").value(rule.mostBytes());
    json.member("parts").value(progress.parts());
    json.member("seen").value(progress.seen());
    json.member("bytes").value(progress.bytes());
    json.member("more").value(progress.more());
    json.member("any").value(progress.any());
    json.member("removed_files").value(progress.removedFiles());
    json.member("removed_bytes").value(progress.removedBytes());
    json.member("problem").value(progress.problem());
    json.member("oldest").beginArray();
    round.oldest().forEach(each -> candidate(json.item(), each));
    return json.endArray().endObject().toByteArray();
  }

  private void candidate(JsonWriter json, PruneCandidate trace) {
    String file = traces.relativize(trace.file()).toString().replace('\\', '/');
    json.beginArray().item().value(file).item().value(trace.bytes());
    instant(json.item(), trace.last());
    json.endArray();
  }

  private static void instant(JsonWriter json, Instant instant) {
    json.beginArray().item().value(instant.getEpochSecond()).item().value(instant.getNano());
    json.endArray();
  }

  private PruneRound round(Map<?, ?> members) {
    RetentionRule rule =
        new RetentionRule(
            instant(members.get("now")),
            Duration.ofSeconds(number(members.get("retention_seconds"))),
            number(members.get("most_bytes")));
    Progress progress =
        new Progress(
            Math.toIntExact(number(members.get("parts"))),
            Math.toIntExact(number(members.get("seen"))),
            number(members.get("bytes")),
            (Boolean) required(members.get("more")),
            (Boolean) required(members.get("any")),
            number(members.get("removed_files")),
            number(members.get("removed_bytes")),
            (String) required(members.get("problem")));
    List<PruneCandidate> oldest = new ArrayList<>();
    for (Object each : (List<?>) required(members.get("oldest"))) {
      oldest.add(candidate((List<?>) required(each)));
    }
    return new PruneRound(rule, progress, oldest);
  }

  private PruneCandidate candidate(List<?> items) {
    Path file = traces.resolve((String) required(items.get(0)));
    if (!file.equals(file.normalize())
        || file.getNameCount() != traces.getNameCount() + 2
        || !file.startsWith(traces)) {
      throw new IllegalArgumentException("expected a trace");
    }
    return new PruneCandidate(file, number(items.get(1)), instant(items.get(2)));
  }

  private static Instant instant(@Nullable Object value) {
    List<?> items = (List<?>) required(value);
    return Instant.ofEpochSecond(number(items.get(0)), number(items.get(1)));
  }

  private static long number(@Nullable Object value) {
    return (Long) required(value);
  }

  private static Object required(@Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException("expected a value");
    }
    return value;
  }
}
