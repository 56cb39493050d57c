package io.governor;

import io.governor.detect.Detections;
import io.governor.detect.Detectors;
import io.governor.file.FollowedPaths;
import io.governor.json.Decimals;
import io.governor.policy.ArgumentPointer;
import io.governor.shell.ShellCommand;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rule may look at: one call, or the result of one. What costs something to find out, such
 * as what detectors find, is found out when the first rule asks and then known to all. Valid only
 * during the evaluation, and for the one thread that evaluates.
 */
public final class CallFacts {

  private final ClassifiedCall classified;
  private final Situation situation;
  private final InstantSource clock;
  private final Detectors detectors;
  private final @Nullable ToolResult result;

  private @Nullable Instant time;
  private @Nullable Detections inArguments;
  private @Nullable Detections inResult;
  private @Nullable ShellCommand command;
  private @Nullable FollowedPaths paths;

  /**
   * What does not change between the calls of a session.
   *
   * @param agent who calls
   * @param intent what the session is for, or null when nothing was declared
   * @param origin the adapter the calls come through
   * @param sessionId the session
   * @param folders the folders that a policy may speak of
   */
  record Situation(
      Agent agent,
      @Nullable Intent intent,
      Origin origin,
      String sessionId,
      SessionFolders folders) {

    Situation in(SessionFolders newFolders) {
      return new Situation(agent, intent, origin, sessionId, newFolders);
    }
  }

  CallFacts(
      ClassifiedCall classified,
      Situation situation,
      InstantSource clock,
      Detectors detectors,
      @Nullable ToolResult result) {
    this.classified = classified;
    this.situation = situation;
    this.clock = clock;
    this.detectors = detectors;
    this.result = result;
  }

  /** The call. */
  public ToolCall call() {
    return classified.call();
  }

  /** What the call does, as classified. */
  public Operation operation() {
    return classified.operation();
  }

  /** The system it touches, as classified. */
  public String target() {
    return classified.target();
  }

  /** Who calls. */
  public Agent agent() {
    return situation.agent();
  }

  /** What the session is for, or null when nothing was declared. */
  public @Nullable Intent intent() {
    return situation.intent();
  }

  /** The adapter the call came through. */
  public Origin origin() {
    return situation.origin();
  }

  /** The session. */
  public String sessionId() {
    return situation.sessionId();
  }

  /** The result; null while the call itself is judged. */
  public @Nullable ToolResult result() {
    return result;
  }

  /** When the call is judged. */
  public Instant time() {
    if (time == null) {
      time = clock.instant();
    }
    return time;
  }

  /** The folders that a policy may speak of. */
  public SessionFolders folders() {
    Path current = classified.call().hint().folder();
    return current == null ? situation.folders() : situation.folders().current(current);
  }

  /**
   * The classes of the data, as far as they are known: of what the call writes and what its tool
   * returns, and once there is a result, of that. No order.
   */
  public List<String> classifications() {
    return classified.classifications(result);
  }

  /** What the governor's detectors find in the arguments; unreadable ones are read as text. */
  public Detections detections() {
    if (inArguments == null) {
      ToolArguments arguments = call().arguments();
      boolean readable = arguments.problem() == null;
      if (!readable && arguments.text() == null) {
        throw new UnreadableArguments();
      }
      inArguments = Detections.of(readable ? arguments.asMap() : arguments.json(), detectors);
    }
    return inArguments;
  }

  /** What the governor's detectors find in the result; nothing while there is none. */
  public Detections resultDetections() {
    if (inResult == null) {
      inResult = Detections.of(result == null ? null : result.value(), detectors);
    }
    return inResult;
  }

  /** What was found by the detectors so far asked; null where none was. */
  @Nullable Detections detected() {
    return result == null ? inArguments : inResult;
  }

  /** What was found in equal arguments before; null where no detector was asked. */
  void detected(@Nullable Detections before) {
    inArguments = before;
  }

  /** Where paths lead while this call is judged: each is looked at once, whoever asks. */
  public FollowedPaths paths() {
    if (paths == null) {
      paths = new FollowedPaths();
    }
    return paths;
  }

  /** What the call's shell command would do, or null when the call has none. */
  public @Nullable ShellCommand command() {
    if (command == null) {
      String text = commandText();
      if (text != null) {
        command = ShellCommand.read(text, folders().start(), folders().home());
      }
    }
    return command;
  }

  /** What tools call their command: of two, nobody knows which one a tool will run. */
  private @Nullable String commandText() {
    if (call().arguments().problem() != null) {
      return null;
    }
    Map<String, Object> members = call().arguments().asMap();
    Object command = members.get("command");
    Object cmd = members.get("cmd");
    if (command == null || cmd == null) {
      return command == null && cmd == null
          ? null
          : ShellWords.text(command == null ? cmd : command);
    }
    return ShellWords.text(command) + "\n" + ShellWords.text(cmd);
  }

  /**
   * The argument at a JSON pointer (RFC 6901), or null when there is none. Where the arguments
   * cannot be read as one JSON object there is no answer: the exception ends the rule's evaluation,
   * and its {@link Rule#onError()} holds.
   *
   * @throws IllegalArgumentException if the pointer neither is empty nor begins with a slash
   */
  public @Nullable Object argument(String pointer) {
    if (call().arguments().problem() != null) {
      throw new UnreadableArguments();
    }
    Object found = ArgumentPointer.of(pointer).find(call().arguments().asMap());
    return found == ArgumentPointer.ABSENT ? null : found;
  }

  /** The text at a JSON pointer, or the empty text when there is none. */
  public String text(String pointer) {
    return argument(pointer) instanceof String text ? text : "";
  }

  /**
   * The number at a JSON pointer, or NaN when there is none; every comparison with NaN is false. A
   * rule that sets a bound is best written as what is not within it, {@code
   * !(facts.number("/amount") <= 100)}: that holds for a text and for nothing, too, and tools may
   * make a number of a text.
   *
   * <p>It is the nearest double: of more than 15 digits the last may be lost, so that
   * 9007199254740993 is 9007199254740992 and 99.99999999999999999 is 100; beyond the doubles it is
   * an infinity or 0. Where that matters, {@link #decimal} has all digits, as the conditions of
   * policies do.
   */
  public double number(String pointer) {
    return argument(pointer) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  /**
   * The number at a JSON pointer as it is written, with every digit, or null when there is none. It
   * has at most 64 digits, and an exponent of up to 999,999,999 either way: it can be compared with
   * {@link BigDecimal#compareTo} at no cost, but in plain digits, as a {@link java.math.BigInteger}
   * or in a sum it may fill the memory.
   */
  public @Nullable BigDecimal decimal(String pointer) {
    return argument(pointer) instanceof Number number ? Decimals.exact(number) : null;
  }

  /** Names the call without its arguments. */
  @Override
  public String toString() {
    return "CallFacts[" + call() + ", " + operation() + " " + target() + "]";
  }
}
