package io.governor.sync.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.RuleId;
import io.governor.crypt.KeyFile;
import io.governor.sync.RuleCounts;
import io.governor.sync.Seeds;
import io.governor.trace.ReadProblem;
import io.governor.trace.ReadReport;
import io.governor.trace.TraceReader;
import io.governor.trace.TraceSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** However a text is cut into ranges, and however its bytes arrive, the same lines are found. */
class LineLoopTest {

  private static final RuleTable RULES =
      new RuleTable(RuleCounts.zero(List.of(RuleId.of("ACME-101"), RuleId.of("ABCDEFGH-123456"))));

  private final SplittableRandom random = Seeds.random();
  private final RandomLines lines = new RandomLines(random);

  private final LineBuffer buffer = new LineBuffer();
  private final LineLoop loop = new LineLoop(buffer, new EventView(RULES));

  @Test
  void ranges_of_a_text_hold_the_lines_of_the_whole() throws IOException {
    for (int round = 0; round < 400; round++) {
      byte[] text = text(random.nextInt(60));
      List<String> events = new ArrayList<>();
      ReadReport expected =
          TraceReader.heads(
              TraceSource.of("t", new ByteArrayInputStream(text)),
              (head, at) -> {
                if (!head.violations().isEmpty()) {
                  events.add(session(head.sessionId()) + "/" + shown(head.eventId()));
                }
                return true;
              });

      Found found = ranges(text);

      assertThat(found.events).isEqualTo(expected.events());
      assertThat(found.malformed).isEqualTo(expected.malformed());
      assertThat(found.torn).isEqualTo(expected.torn());
      assertThat(found.ids).isEqualTo(events);
      assertThat(found.problems.stream().limit(20))
          .containsExactlyElementsOf(
              expected.problems().stream().filter(p -> p.line() > 0).limit(20).toList());
    }
  }

  /** As bytes show it, which have another form for half a pair. */
  private static String shown(@Nullable String id) {
    return id == null ? "null" : new String(IdBytes.of(id), StandardCharsets.UTF_8);
  }

  /** A session that is absent and one that is empty are one and the same to a count. */
  private static String session(@Nullable String id) {
    return "".equals(id) ? "null" : shown(id);
  }

  private static final class Found {
    long events;
    long malformed;
    long torn;
    long lines;
    final List<String> ids = new ArrayList<>();
    final List<ReadProblem> problems = new ArrayList<>();
  }

  private Found ranges(byte[] text) throws IOException {
    TreeSet<Long> cuts = new TreeSet<>(List.of(0L, (long) text.length));
    for (int i = random.nextInt(6); i > 0; i--) {
      cuts.add((long) random.nextInt(text.length + 1));
    }
    Found found = new Found();
    if (text.length == 0) {
      return found;
    }
    for (long cut : cuts.headSet((long) text.length)) {
      range(text, cut, cuts.higher(cut), found);
    }
    return found;
  }

  private void range(byte[] text, long from, long to, Found found) throws IOException {
    Input input =
        Input.stream(
            "t",
            new ByteArrayInputStream(text),
            new TimeFilter(EventTimes.ALL),
            KeyFile.near(Path.of("t")));
    PieceTally tally = new PieceTally(new Piece(input, 0, from, to, text.length));
    Unit unit = new Unit(0, List.of(tally.piece), new FoundEvents());
    long begin = Math.max(0, from - 1);
    buffer.begin(drops(text, (int) begin), begin, to);
    if (from == 0 || loop.skipLine()) {
      loop.run(new EventIntake(unit, tally, (full, current) -> {}));
    }
    found.events += tally.events;
    found.malformed += tally.malformed;
    found.torn += tally.torn;
    tally.problems.forEach(
        p -> found.problems.add(new ReadProblem("t", found.lines + p.line(), p.reason())));
    found.lines += tally.lines;
    FoundEvents ids = unit.found;
    for (int place = 0; place < ids.end(); place = ids.next()) {
      ids.go(place);
      found.ids.add(session(ids) + "/" + event(ids));
    }
  }

  private static String session(FoundEvents ids) {
    return ids.sessionLength() == 0
        ? "null"
        : new String(ids.ids(), ids.sessionFrom(), ids.sessionLength(), StandardCharsets.UTF_8);
  }

  private static String event(FoundEvents ids) {
    return ids.eventLength() == EventView.ABSENT
        ? "null"
        : new String(ids.ids(), ids.eventFrom(), ids.eventLength(), StandardCharsets.UTF_8);
  }

  /** Gives a few bytes at a time. */
  private ByteSource drops(byte[] text, int from) {
    int most = random.nextInt(1, 200);
    int[] at = {from};
    return (into, offset, length) -> {
      if (at[0] == text.length) {
        return -1;
      }
      int count = Math.min(Math.min(length, random.nextInt(1, most + 1)), text.length - at[0]);
      System.arraycopy(text, at[0], into, offset, count);
      at[0] += count;
      return count;
    };
  }

  private byte[] text(int count) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      byte[] line = line().getBytes(StandardCharsets.UTF_8);
      boolean cut = random.nextInt(30) == 0;
      out.write(line, 0, cut ? random.nextInt(line.length + 1) : line.length);
      if (i < count - 1 || random.nextBoolean()) {
        out.writeBytes((random.nextInt(5) == 0 ? "\r\n" : "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    return out.toByteArray();
  }

  private String line() {
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> lines.any();
      case 3 -> "";
      case 4 -> RandomLines.SHORT;
      default -> lines.written();
    };
  }
}
