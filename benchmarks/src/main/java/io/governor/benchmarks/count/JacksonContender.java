package io.governor.benchmarks.count;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Jackson's streaming parser at its best: one parser for all lines of a split, the members that
 * counting looks at taken as text, everything else skipped.
 */
final class JacksonContender implements Contender {

  /** No line of the corpus is longer. */
  private static final int LONGEST_LINE = 1 << 16;

  private final int threads;

  JacksonContender(int threads) {
    this.threads = threads;
  }

  @Override
  public Counted count(List<Path> directories) throws Exception {
    long events = 0;
    Map<String, Long> rules = new HashMap<>();
    for (Counting some : Split.inThreads(threads, directories, Counting::new)) {
      events += some.events;
      some.rules.forEach((rule, count) -> rules.merge(rule, count, Long::sum));
    }
    return Counted.of(events, rules);
  }

  private static final class Counting implements Split.Work<Counting> {

    private final JsonFactory factory = new JsonFactory();
    private final Map<String, Long> rules = new HashMap<>();
    private byte[] buffer = new byte[1 << 20];
    private long events;
    private long characters;

    /** The lines that begin in the split. */
    @Override
    public void take(Split split) throws IOException {
      long start = Math.max(0, split.from() - 1);
      int length;
      try (RandomAccessFile file = new RandomAccessFile(split.file().toFile(), "r")) {
        file.seek(start);
        long wanted = Math.min(file.length(), split.to() + LONGEST_LINE) - start;
        length = read(file, (int) wanted);
      }
      int from = split.from() == 0 ? 0 : after('\n', 0, length);
      int end = after('\n', (int) (split.to() - start) - 1, length);
      try (JsonParser parser = factory.createParser(buffer, from, end - from)) {
        while (parser.nextToken() != null) {
          event(parser);
        }
      }
    }

    private int read(RandomAccessFile file, int wanted) throws IOException {
      if (buffer.length < wanted) {
        buffer = new byte[wanted];
      }
      file.readFully(buffer, 0, wanted);
      return wanted;
    }

    private int after(char mark, int from, int length) {
      int at = from;
      while (at < length && buffer[at] != mark) {
        at++;
      }
      return Math.min(length, at + 1);
    }

    private void event(JsonParser parser) throws IOException {
      events++;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (name) {
          case "event_id", "session_id", "event_type", "timestamp_utc" ->
              characters += parser.getTextLength();
          case "policy_violations" -> violations(parser);
          default -> {
            if (value.isStructStart()) {
              parser.skipChildren();
            }
          }
        }
      }
    }

    private void violations(JsonParser parser) throws IOException {
      while (parser.nextToken() == JsonToken.VALUE_STRING) {
        rules.merge(parser.getText(), 1L, Long::sum);
      }
    }

    @Override
    public Counting result() {
      if (characters < events) {
        throw new IllegalStateException("expected every event to have its members");
      }
      return this;
    }
  }
}
