package io.governor.sync.ledger;

import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;
import io.governor.sync.CountedRange;
import io.governor.sync.DeclaredLoss;
import io.governor.sync.SentBody;
import io.governor.sync.SentWindow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of the history, both ways: one JSON object. Its beginning is written before the window is
 * sent; how that went is put behind it once it is accepted. Stateless.
 */
final class HistoryEntry {

  private static final StrictJson.Limits LIMITS =
      new StrictJson.Limits(8, 1 << 20, 256, 256L << 20, 4_000_000);

  private HistoryEntry() {}

  /** All but how it was sent, without the closing brace. */
  static byte[] beginning(PendingWindow window, Preparation made) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("number", window.number());
    out.put("made", window.made());
    out.put("window", StateCodec.write(window.window()));
    out.put("asked", window.asked());
    out.put("body", window.body());
    out.put("sha256", window.sha256());
    out.put("withheld", StateCodec.write(window.carried()));
    out.put("noisy", made.noisy());
    out.put("losses", made.tally().losses().stream().map(HistoryEntry::write).toList());
    out.put("ranges", made.tally().ranges().stream().map(HistoryEntry::write).toList());
    byte[] whole = JsonText.of(out);
    return Arrays.copyOf(whole, whole.length - 1);
  }

  private static List<Object> write(DeclaredLoss loss) {
    return List.of(loss.file(), loss.from(), loss.to(), loss.lines());
  }

  private static List<Object> write(CountedRange range) {
    return List.of(range.file(), range.from(), range.to());
  }

  /** The whole line, its line end included. */
  static byte[] line(byte[] beginning, long attempts, Instant accepted) {
    byte[] ending =
        (", \"attempts\": " + attempts + ", \"accepted\": \"" + accepted + "\"}\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] line = Arrays.copyOf(beginning, beginning.length + ending.length);
    System.arraycopy(ending, 0, line, beginning.length, ending.length);
    return line;
  }

  /**
   * A window that is not known to be accepted.
   *
   * @throws IOException if its beginning is not what was written
   */
  static SentWindow unfinished(byte[] beginning, long attempts) throws IOException {
    byte[] ending = (", \"attempts\": " + attempts + "}").getBytes(StandardCharsets.US_ASCII);
    byte[] line = Arrays.copyOf(beginning, beginning.length + ending.length);
    System.arraycopy(ending, 0, line, beginning.length, ending.length);
    SentWindow window = parse(line);
    if (window == null) {
      throw new IOException("it is not what was written");
    }
    return window;
  }

  /** Null for a line that a crash has torn. */
  static @Nullable SentWindow parse(byte[] line) {
    try {
      return StrictJson.parse(line, LIMITS) instanceof Map<?, ?> members
          ? read(StateMembers.object(members))
          : null;
    } catch (JsonProblem | RuntimeException e) {
      return null;
    }
  }

  private static SentWindow read(Map<String, @Nullable Object> in) {
    return new SentWindow(
        new SentBody(
            StateMembers.number(in.get("number")),
            StateMembers.text(in.get("body")),
            StateMembers.text(in.get("sha256")),
            StateCodec.window(in.get("window")),
            Boolean.TRUE.equals(in.get("asked")),
            StateMembers.instant(in.get("made")),
            StateMembers.number(in.get("attempts")),
            StateMembers.instantOrNull(in.get("accepted"))),
        ranges(StateCodec.list(in.get("ranges"))),
        losses(StateCodec.list(in.get("losses"))),
        StateCodec.counts(in.get("withheld")),
        Boolean.TRUE.equals(in.get("noisy")));
  }

  private static List<CountedRange> ranges(List<?> in) {
    List<CountedRange> ranges = new ArrayList<>();
    for (Object item : in) {
      List<?> range = StateCodec.list(item);
      ranges.add(
          new CountedRange(
              StateMembers.text(range.get(0)),
              StateMembers.number(range.get(1)),
              StateMembers.number(range.get(2))));
    }
    return ranges;
  }

  private static List<DeclaredLoss> losses(List<?> in) {
    List<DeclaredLoss> losses = new ArrayList<>();
    for (Object item : in) {
      List<?> loss = StateCodec.list(item);
      losses.add(
          new DeclaredLoss(
              StateMembers.text(loss.get(0)),
              StateMembers.number(loss.get(1)),
              StateMembers.number(loss.get(2)),
              StateMembers.number(loss.get(3))));
    }
    return losses;
  }
}
