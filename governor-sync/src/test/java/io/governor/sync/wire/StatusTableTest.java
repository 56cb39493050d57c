package io.governor.sync.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.sync.SyncException.Delivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The table of {@code docs/sync.md}, held against what is done. */
class StatusTableTest {

  private static final Pattern NUMBER = Pattern.compile("\\d{3}");
  private static final Map<String, Integer> EXIT_CODES = Map.of("AUTHORIZATION", 4, "NETWORK", 5);

  @Test
  void every_status_has_the_row_that_the_document_gives_it() throws IOException {
    Map<Integer, String> documented = documented();

    for (int status = 100; status < 1_000; status++) {
      assertThat(row(status)).as("status %s", status).isEqualTo(documented.get(status));
    }
  }

  private static String row(int status) {
    StatusRule rule = StatusRule.of(Operation.SYNC, status);
    if (rule.delivery() == null) {
      return "counted||0|";
    }
    String window = rule.delivery().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String kind = rule.kind() + ", " + EXIT_CODES.get(rule.kind().name());
    String repeated = rule.repeated() ? "yes" : "no";
    return String.join("|", "kept, " + window, repeated, kind, rule.reason());
  }

  /** Rows by status: those of single numbers before those of hundreds, and what is left. */
  private static Map<Integer, String> documented() throws IOException {
    Map<Integer, String> rows = new TreeMap<>();
    for (List<String> cells : table()) {
      // What an answer with a wrong body leads to is tested where such answers are.
      if (!cells.get(0).contains("with anything else")) {
        String row = String.join("|", cells.subList(1, cells.size()));
        statuses(cells.get(0)).forEach(status -> rows.putIfAbsent(status, row));
      }
    }
    return rows;
  }

  private static List<Integer> statuses(String cell) {
    if (cell.equals("any other number")) {
      return IntStream.range(100, 1_000).boxed().toList();
    }
    Matcher hundreds = Pattern.compile("(?:another )?(\\d)xx").matcher(cell);
    if (hundreds.matches()) {
      int first = Integer.parseInt(hundreds.group(1)) * 100;
      return IntStream.range(first, first + 100).boxed().toList();
    }
    return NUMBER.matcher(cell).results().map(found -> Integer.valueOf(found.group())).toList();
  }

  private static List<List<String>> table() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(document())) {
      inside = line.startsWith("| answer |") || (inside && line.startsWith("|"));
      if (inside && !line.startsWith("| answer |") && !line.startsWith("| ---")) {
        String[] cells = line.substring(1, line.length() - 1).split("\\|", -1);
        rows.add(List.of(cells).stream().map(String::strip).toList());
      }
    }
    assertThat(rows).hasSizeGreaterThan(15);
    return rows;
  }

  /** From the module's folder, in which tests run. */
  private static Path document() {
    return Path.of("..", "docs", "sync.md");
  }

  @Test
  void only_what_may_go_better_is_repeated_and_never_a_registration_that_may_have_arrived() {
    for (int status = 100; status < 1_000; status++) {
      StatusRule rule = StatusRule.of(Operation.REGISTER, status);
      boolean mayHaveArrived = rule.delivery() == Delivery.UNKNOWN;
      assertThat(rule.repeated() && !mayHaveArrived).isEqualTo(status == 425 || status == 429);
    }
  }

  @Test
  void an_answer_that_is_good_for_one_question_is_not_for_another() {
    assertThat(accepted(Operation.SYNC)).containsExactly(200, 201, 202, 204);
    assertThat(accepted(Operation.REGISTER)).containsExactly(200, 201);
    assertThat(accepted(Operation.UPDATE_CHECK)).containsExactly(200);
  }

  private static List<Integer> accepted(Operation operation) {
    return IntStream.range(100, 1_000)
        .filter(status -> StatusRule.of(operation, status).delivery() == null)
        .boxed()
        .toList();
  }
}
