package io.governor.event;

import static io.governor.event.ValueReader.BOOL;
import static io.governor.event.ValueReader.INTEGER;
import static io.governor.event.ValueReader.TEXT;
import static io.governor.event.ValueReader.TEXTS;
import static io.governor.event.ValueReader.TIME;
import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads events from trace lines, ours and foreign ones, of any version (execution record, section
 * 11). Lenient about what an event says, strict about what a line is: unknown members, types,
 * flags, rules and words are fine; a member of the wrong type counts as absent. Stateless; any
 * thread may use it.
 *
 * <p>{@link MalformedEventException} is thrown for a line that is not JSON, not valid UTF-8, not an
 * object, without a string {@code event_type}, with an envelope member twice, deeper than 100
 * levels or longer than {@link #MAX_LINE_BYTES}. Half a surrogate pair is fine in a text, but not
 * in a member's name.
 */
public final class EventDecoder {

  /** The longest line that is read, in bytes without its line end. */
  public static final int MAX_LINE_BYTES = 16 * 1024 * 1024;

  /** Every member of the envelope and a number for each. */
  private static final Map<String, Integer> ENVELOPE =
      Map.ofEntries(
          entry("event_id", 0),
          entry("event_type", 1),
          entry("session_id", 2),
          entry("event_sequence_number", 3),
          entry("previous_event_id", 4),
          entry("agent_id", 5),
          entry("deployment_mode", 6),
          entry("timestamp_utc", 7),
          entry("primitive", 8),
          entry("payload", 9),
          entry("advisory_flags", 10),
          entry("policy_violations", 11),
          entry("simulated_consequence", 12),
          entry("pass_through", 13),
          entry("profile_fingerprint", 14),
          entry("governor", 15));

  private static final Map<String, ValueReader> SHAPE =
      Map.ofEntries(
          entry("event_id", TEXT),
          entry("event_type", TEXT),
          entry("session_id", TEXT),
          entry("event_sequence_number", INTEGER),
          entry("previous_event_id", TEXT),
          entry("agent_id", TEXT),
          entry("deployment_mode", TEXT),
          entry("timestamp_utc", TIME),
          entry("primitive", TEXT),
          entry("payload", ValueReader.object(PayloadDecoder.SHAPE)),
          entry("advisory_flags", TEXTS),
          entry("policy_violations", TEXTS),
          entry("simulated_consequence", TEXT),
          entry("pass_through", BOOL),
          entry("profile_fingerprint", TEXT),
          entry("governor", ValueReader.object(GovernorDecoder.SHAPE)));

  private static final Map<String, ValueReader> HEAD =
      Map.of(
          "event_id", TEXT,
          "event_type", TEXT,
          "session_id", TEXT,
          "timestamp_utc", TIME,
          "policy_violations", TEXTS);

  private EventDecoder() {}

  /** Reads a whole event from the bytes of one line, without its line end. */
  public static TraceEvent decode(byte[] line, int offset, int length)
      throws MalformedEventException {
    return LineJson.read(line, offset, length, in -> event(Members.readOnce(in, SHAPE, ENVELOPE)));
  }

  /** Reads a whole event from the bytes of one line, without its line end. */
  public static TraceEvent decode(byte[] line) throws MalformedEventException {
    return decode(line, 0, line.length);
  }

  /**
   * Reads what counting needs from the bytes of one line. The line is checked as {@link
   * #decode(byte[], int, int)} checks it: both refuse the same lines.
   */
  public static EventHead head(byte[] line, int offset, int length) throws MalformedEventException {
    return LineJson.read(line, offset, length, in -> head(Members.readOnce(in, HEAD, ENVELOPE)));
  }

  /**
   * Whether the bytes are the beginning of a line that {@link EventEncoder} wrote, cut off before
   * its end: what a crash leaves behind.
   */
  public static boolean isCutOff(byte[] line, int offset, int length) {
    return LineJson.isCutOff(line, offset, length);
  }

  private static EventHead head(Members in) throws MalformedEventException {
    return new EventHead(
        type(in),
        in.text("session_id"),
        in.text("event_id"),
        in.time("timestamp_utc"),
        in.distinctTexts("policy_violations"));
  }

  private static TraceEvent event(Members in) throws MalformedEventException {
    return new TraceEvent(
        in.textOrEmpty("event_id"),
        in.textOrEmpty("session_id"),
        in.numberOrZero("event_sequence_number"),
        in.text("previous_event_id"),
        in.textOrEmpty("agent_id"),
        in.textOrEmpty("deployment_mode"),
        in.time("timestamp_utc"),
        payload(in),
        flags(in.distinctTexts("advisory_flags")),
        in.distinctTexts("policy_violations"),
        in.text("simulated_consequence"),
        !Boolean.FALSE.equals(in.bool("pass_through")),
        in.text("profile_fingerprint"),
        GovernorDecoder.governor(in.object("governor")));
  }

  private static EventPayload payload(Members in) throws MalformedEventException {
    Members payload = in.object("payload");
    return PayloadDecoder.payload(
        type(in), in.textOrEmpty("primitive"), payload == null ? Members.NONE : payload);
  }

  private static String type(Members in) throws MalformedEventException {
    @Nullable String type = in.text("event_type");
    if (type == null) {
      throw new MalformedEventException("no event_type");
    }
    return type;
  }

  private static List<AdvisoryFlag> flags(List<String> names) {
    return names.stream().map(AdvisoryFlag::new).toList();
  }
}
