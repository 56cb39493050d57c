package io.governor.trace;

import io.governor.Operation;
import io.governor.crypt.Section;
import io.governor.event.EventDecoder;
import io.governor.event.GovernorMember.Withdrawal;
import io.governor.event.MalformedEventException;
import io.governor.event.Timestamps;
import io.governor.event.TraceEvent;
import io.governor.file.OwnerOnly;
import io.governor.json.JsonProblem;
import io.governor.json.JsonWriter;
import io.governor.json.StrictJson;
import io.governor.standard.ScopeMark;
import io.governor.standard.SensitivityTier;
import io.governor.standard.SessionState;
import io.governor.trace.SessionSnapshot.PendingCall;
import io.governor.trace.SessionSnapshot.ProfileBinding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a shared session stopped, kept beside its trace so that the next process need not read the
 * trace again. A cache: it counts only when it is whole, which a checksum tells, and when the
 * trace's last line is the one it names. It holds no objective, only whether one was stated.
 */
final class SessionStateFile {

  private static final long LARGEST = 4 << 20;

  /** A frame is a third longer than its record. */
  private static final int LONGEST_LINE = 2 * TraceFile.LONGEST_LINE;

  private static final byte[] CHECK = ", \"check\": \"".getBytes(StandardCharsets.US_ASCII);
  private static final int TAIL = CHECK.length + 2 * HashChain.HASH_BYTES + 3;

  private final Path path;
  private final Path trace;
  private final TraceKeys keys;

  /**
   * @param keys open what is encrypted, and say whether what is written has to be
   */
  SessionStateFile(Path path, Path trace, TraceKeys keys) {
    this.path = path;
    this.trace = trace;
    this.keys = keys;
  }

  /**
   * What the file holds.
   *
   * @param snapshot where the session stopped
   * @param lastLineOffset where the trace's last line begins
   * @param head where the chain has come to
   * @param section where the encrypted section is that the trace ends in; null when it ends in none
   */
  record Stored(
      SessionSnapshot snapshot,
      long lastLineOffset,
      ChainHead head,
      Section.@Nullable Place section) {}

  Path path() {
    return path;
  }

  /** What is stored for the session, or null when that is nothing whole. */
  @Nullable Stored read(String sessionId) {
    try {
      Map<?, ?> members = members();
      return sessionId.equals(members.get("session_id")) ? stored(members) : null;
    } catch (IOException | JsonProblem | RuntimeException e) {
      // Whatever is wrong with a cache, the trace tells better.
      return null;
    }
  }

  /** The head it knows of the trace, or null when that is none. */
  @Nullable ChainHead head() {
    try {
      Map<?, ?> members = members();
      long lines = number(members, "lines");
      return lines > 0 ? new ChainHead(required(members, "head"), lines) : null;
    } catch (IOException | JsonProblem | RuntimeException e) {
      return null;
    }
  }

  /** Losses that wait here for the session's next event to tell them, by reason. */
  SortedMap<String, Long> waitingLosses() {
    try {
      Map<?, ?> members = members();
      String sessionId = text(members, "session_id");
      SortedMap<String, Long> waiting = counts(members.get("lost"));
      if (waiting.isEmpty() || sessionId == null) {
        return waiting;
      }
      Stored stored = stored(members);
      boolean told =
          !fits(stored, sessionId) && lastSequence(sessionId) != stored.snapshot().sequence();
      return told ? Collections.emptySortedMap() : waiting;
    } catch (IOException | JsonProblem | RuntimeException e) {
      return Collections.emptySortedMap();
    }
  }

  /** A torn line behind the last event, as a full disk leaves it, tells nothing. */
  private long lastSequence(String sessionId) throws IOException {
    SessionRebuild rebuild = new SessionRebuild(sessionId, List.of());
    TraceReader.read(TraceSource.of(trace, keys.provider()), rebuild);
    return rebuild.result().sequence();
  }

  /** The members of the file; none when it is not whole. */
  private Map<?, ?> members() throws IOException, JsonProblem {
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || Files.size(path) > LARGEST) {
      return Map.of();
    }
    byte[] text = text();
    boolean whole = text.length > TAIL && Arrays.equals(text, checked(text, text.length - TAIL));
    return whole && StrictJson.parse(text, StrictJson.Limits.POLICY) instanceof Map<?, ?> members
        ? members
        : Map.of();
  }

  private byte[] text() throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    return keys.mayBeEncrypted(bytes) ? keys.state(bytes) : bytes;
  }

  /** The text's first part, completed by its checksum. */
  private static byte[] checked(byte[] text, int length) {
    byte[] check = HashChain.next(HashChain.start(), text, 0, length);
    return new JsonWriter(length + TAIL)
        .raw(Arrays.copyOf(text, length))
        .raw(CHECK)
        .raw(HexFormat.of().formatHex(check).getBytes(StandardCharsets.US_ASCII))
        .raw('"')
        .raw('}')
        .raw('\n')
        .toByteArray();
  }

  /** Whether the trace's last line is the one that was last when this was stored. */
  boolean fits(Stored stored, String sessionId) {
    try {
      FileStamp found = FileStamp.existing(trace);
      long size = found == null ? 0 : found.size();
      long length = size - stored.lastLineOffset();
      if (stored.snapshot().sequence() == 0 || size == 0) {
        return stored.snapshot().sequence() == size;
      }
      if (stored.lastLineOffset() < 0 || length <= 1 || length > LONGEST_LINE) {
        return false;
      }
      byte[] line = part(stored.lastLineOffset(), (int) length);
      if (indexOf(line, (byte) '\n') != line.length - 1) {
        return false;
      }
      byte[] record = record(stored, line);
      if (record == null) {
        return false;
      }
      TraceEvent event = EventDecoder.decode(record);
      return event.sessionId().equals(sessionId)
          && event.sequence() == stored.snapshot().sequence()
          && event.eventId().equals(stored.snapshot().lastEventId());
    } catch (IOException | MalformedEventException e) {
      return false;
    }
  }

  private byte @Nullable [] record(Stored stored, byte[] line) throws IOException {
    if (stored.section() == null) {
      return Arrays.copyOf(line, line.length - 1);
    }
    Section section = section(stored.section());
    return section == null ? null : section.last(line, line.length - 1, stored.lastLineOffset());
  }

  /**
   * The section that the trace ends in; null when it is not where it was stored.
   *
   * @throws IOException if its key is not known
   */
  @Nullable Section section(Section.Place place) throws IOException {
    return Section.at(place, part(place.at(), Section.LONGEST_HEADER), keys.provider());
  }

  private byte[] part(long offset, int most) throws IOException {
    try (InputStream in = Files.newInputStream(trace, LinkOption.NOFOLLOW_LINKS)) {
      in.skipNBytes(offset);
      return in.readNBytes(most);
    }
  }

  private static int indexOf(byte[] line, byte wanted) {
    for (int i = 0; i < line.length; i++) {
      if (line[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  void write(String sessionId, Stored stored) throws IOException {
    SessionSnapshot snapshot = stored.snapshot();
    JsonWriter out = new JsonWriter(512);
    out.beginObject();
    out.member("session_id").value(sessionId);
    out.member("sequence").value(snapshot.sequence());
    out.member("last_event_id").value(snapshot.lastEventId());
    out.member("last_line_offset").value(stored.lastLineOffset());
    out.member("head").value(stored.head().hash());
    out.member("lines").value(stored.head().lines());
    if (stored.section() != null) {
      out.member("section_offset").value(stored.section().at());
      out.member("section_records").value(stored.section().records());
    }
    state(snapshot.state(), out);
    out.member("token_turns").value(snapshot.tokenTurns());
    out.member("blocked_calls").value(snapshot.blockedCalls());
    pending(snapshot, out);
    standing(snapshot, out);
    ProfileBinding profile = snapshot.profile();
    if (profile != null) {
      out.member("profile").beginObject();
      out.member("source").value(profile.source());
      out.member("pattern").value(profile.pattern());
      out.member("content_hash").value(profile.contentHash());
      out.endObject();
    }
    if (snapshot.workspace() != null) {
      out.member("workspace").value(snapshot.workspace());
    }
    if (!snapshot.lost().isEmpty()) {
      out.member("lost").beginObject();
      snapshot.lost().forEach((reason, count) -> out.member(reason).value(count));
      out.endObject();
    }
    byte[] text = checked(out.buffer(), out.length());
    OwnerOnly.replaceCache(path, keys.encrypt() ? keys.sealedState(text) : text);
  }

  private static void pending(SessionSnapshot snapshot, JsonWriter out) {
    if (snapshot.pendingCalls().isEmpty()) {
      return;
    }
    out.member("pending_calls").beginArray();
    for (PendingCall call : snapshot.pendingCalls()) {
      out.item().beginObject();
      out.member("id").value(call.id());
      out.member("tool").value(call.tool());
      out.member("input").value(call.input());
      out.endObject();
    }
    out.endArray();
  }

  private static List<PendingCall> pending(@Nullable Object value) {
    List<PendingCall> pending = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object item : list) {
        Map<?, ?> stored = (Map<?, ?>) Objects.requireNonNull(item);
        pending.add(
            new PendingCall(
                required(stored, "id"), required(stored, "tool"), required(stored, "input")));
      }
    }
    return pending;
  }

  private static void standing(SessionSnapshot snapshot, JsonWriter out) {
    if (!snapshot.withdrawn().isEmpty()) {
      out.member("withdrawn").beginArray();
      for (Withdrawal withdrawal : snapshot.withdrawn()) {
        out.item().beginObject();
        out.member("tool").value(withdrawal.tool());
        out.member("rule").value(withdrawal.rule());
        out.endObject();
      }
      out.endArray();
    }
    if (snapshot.paused()) {
      out.member("paused").value(Boolean.TRUE);
    }
  }

  private static void state(SessionState state, JsonWriter out) {
    SessionState.Baseline baseline = state.baseline();
    if (baseline != null) {
      out.member("baseline").beginObject();
      out.member("objective_stated").value(Boolean.valueOf(baseline.objective() != null));
      out.member("source").value(baseline.source());
      out.member("scope_hint").value(baseline.scopeHint());
      out.endObject();
    }
    out.member("tier").value(state.tier().name());
    out.member("first_write_recorded").value(Boolean.valueOf(state.firstWriteRecorded()));
    SessionState.LastScope last = state.lastScope();
    if (last != null) {
      out.member("last_scope").beginObject();
      out.member("target").value(last.mark().targetSystem());
      out.member("operation").value(last.mark().operation().name());
      Timestamps.write(last.at(), out.member("at"));
      out.endObject();
    }
  }

  private static Stored stored(Map<?, ?> members) {
    SessionSnapshot snapshot =
        new SessionSnapshot(
            number(members, "sequence"),
            text(members, "last_event_id"),
            state(members),
            texts(members.get("token_turns")),
            texts(members.get("blocked_calls")),
            pending(members.get("pending_calls")),
            withdrawn(members.get("withdrawn")),
            Boolean.TRUE.equals(members.get("paused")),
            profile(members.get("profile")),
            text(members, "workspace"),
            counts(members.get("lost")));
    ChainHead head = new ChainHead(required(members, "head"), number(members, "lines"));
    return new Stored(snapshot, number(members, "last_line_offset"), head, section(members));
  }

  private static Section.@Nullable Place section(Map<?, ?> members) {
    long at = number(members, "section_offset");
    return at < 0 ? null : new Section.Place(at, number(members, "section_records"));
  }

  private static SessionState state(Map<?, ?> members) {
    SessionState.Baseline baseline = null;
    if (members.get("baseline") instanceof Map<?, ?> stored) {
      String objective = Boolean.TRUE.equals(stored.get("objective_stated")) ? "" : null;
      baseline =
          new SessionState.Baseline(
              objective, required(stored, "source"), texts(stored.get("scope_hint")));
    }
    SessionState.LastScope last = null;
    if (members.get("last_scope") instanceof Map<?, ?> stored) {
      String at = text(stored, "at");
      last =
          new SessionState.LastScope(
              new ScopeMark(
                  required(stored, "target"), Operation.valueOf(required(stored, "operation"))),
              at == null ? null : instant(at));
    }
    return new SessionState(
        baseline,
        SensitivityTier.valueOf(required(members, "tier")),
        Boolean.TRUE.equals(members.get("first_write_recorded")),
        last);
  }

  private static Instant instant(String text) {
    Instant instant = Timestamps.parse(text);
    if (instant == null) {
      throw new IllegalArgumentException("no time");
    }
    return instant;
  }

  private static @Nullable ProfileBinding profile(@Nullable Object value) {
    return value instanceof Map<?, ?> stored
        ? new ProfileBinding(
            required(stored, "source"), text(stored, "pattern"), text(stored, "content_hash"))
        : null;
  }

  private static List<Withdrawal> withdrawn(@Nullable Object value) {
    List<Withdrawal> withdrawn = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (@Nullable Object item : list) {
        Map<?, ?> stored = (Map<?, ?>) Objects.requireNonNull(item);
        withdrawn.add(new Withdrawal(required(stored, "tool"), required(stored, "rule")));
      }
    }
    return withdrawn;
  }

  private static List<String> texts(@Nullable Object value) {
    List<String> texts = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (@Nullable Object item : list) {
        if (item instanceof String text) {
          texts.add(text);
        }
      }
    }
    return texts;
  }

  private static SortedMap<String, Long> counts(@Nullable Object value) {
    SortedMap<String, Long> counts = new TreeMap<>();
    if (value instanceof Map<?, ?> stored) {
      for (Map.Entry<?, ?> entry : stored.entrySet()) {
        counts.put((String) entry.getKey(), (Long) entry.getValue());
      }
    }
    return counts;
  }

  private static @Nullable String text(Map<?, ?> members, String name) {
    return members.get(name) instanceof String text ? text : null;
  }

  private static String required(Map<?, ?> members, String name) {
    return Objects.requireNonNull(text(members, name));
  }

  private static long number(Map<?, ?> members, String name) {
    return members.get(name) instanceof Long number ? number : -1;
  }
}
