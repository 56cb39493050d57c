package io.governor.hooks;

import io.governor.TokenUsage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The model turns of a Claude Code session, from the transcript the agent keeps (execution record,
 * section 9.6). A turn is one request to the model and may stand on several lines, each with the
 * same usage: the first that holds any counts, and nothing is summed. Lines that are broken are
 * passed over; a broken last line is normal.
 *
 * <p>Streaming: what is held grows with the number of turns and calls, never with what they said.
 */
final class ClaudeCodeTranscript implements TurnSource {

  /** Turns and calls together; no session comes near. */
  private static final int MOST_HELD = 100_000;

  private final @Nullable String path;

  /**
   * @param path the file, as the agent names it; null when it does not
   */
  ClaudeCodeTranscript(@Nullable String path) {
    this.path = path;
  }

  @Override
  public Turns read() {
    if (path == null) {
      return Turns.unknown("SessionEnd: transcript_path: expected the path of the transcript");
    }
    try {
      Path file = Path.of(path);
      // Anything else might never end, or never begin.
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        return unreadable("it is not a regular file", new Reading());
      }
      return read(file);
    } catch (InvalidPathException e) {
      return unreadable("its path is not a path on this system", new Reading());
    }
  }

  private static Turns read(Path file) {
    Reading reading = new Reading();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      LineStream lines = new LineStream(in);
      while (lines.next() && !reading.isFull()) {
        TranscriptLine line = TranscriptLine.read(lines);
        if (line != null) {
          reading.add(line);
        }
      }
    } catch (NoSuchFileException e) {
      return unreadable("there is no such file", reading);
    } catch (IOException e) {
      return unreadable("reading it failed", reading);
    }
    return reading.isFull()
        ? unreadable("it has more than " + MOST_HELD + " turns and calls", reading)
        : new Turns(reading.usages(), null);
  }

  private static Turns unreadable(String why, Reading reading) {
    return new Turns(reading.usages(), "SessionEnd: the transcript cannot be read: " + why);
  }

  /** The turns so far, by request. */
  private static final class Reading {

    private final Map<String, Turn> turns = new LinkedHashMap<>();
    private int held;

    void add(TranscriptLine line) {
      Turn turn = turns.get(line.requestId());
      if (turn == null) {
        turn = new Turn(line.requestId());
        turns.put(line.requestId(), turn);
        held++;
      }
      held += turn.add(line);
    }

    boolean isFull() {
      return held >= MOST_HELD;
    }

    List<TokenUsage> usages() {
      return turns.values().stream().map(Turn::usage).toList();
    }
  }

  private static final class Turn {

    private final String requestId;
    private @Nullable TranscriptLine counted;
    private @Nullable String model;
    private final Set<String> toolUseIds = new LinkedHashSet<>();

    Turn(String requestId) {
      this.requestId = requestId;
    }

    /** Adds what a line tells; returns how many calls that were not known yet. */
    int add(TranscriptLine line) {
      counted = counted == null && line.hasUsage() ? line : counted;
      model = model == null ? line.model() : model;
      int before = toolUseIds.size();
      toolUseIds.addAll(line.toolUseIds());
      return toolUseIds.size() - before;
    }

    TokenUsage usage() {
      TranscriptLine usage = counted;
      return new TokenUsage(
          usage == null ? null : usage.inputTokens(),
          usage == null ? null : usage.outputTokens(),
          usage == null ? null : usage.cacheReadTokens(),
          usage == null ? null : usage.cacheWriteTokens(),
          null,
          model,
          "anthropic",
          requestId,
          List.copyOf(toolUseIds));
    }
  }
}
