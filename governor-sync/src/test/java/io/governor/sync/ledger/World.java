package io.governor.sync.ledger;

import io.governor.RuleId;
import io.governor.trace.TraceReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Traces and everything that can happen to them between two runs. Each event has a rule of its own,
 * so that the server's counts tell which events were counted, and how often.
 */
final class World {

  /** An event, and when it says that it was. */
  record Event(RuleId rule, Instant time, String line) {}

  private final Path traces;
  private final SplittableRandom random;
  private final boolean withUnnamed;
  private final Map<String, Event> byLine = new HashMap<>();
  private final Map<Path, String> unfinished = new HashMap<>();
  private final Map<Path, List<String>> arrays = new HashMap<>();
  private final List<String> deleted = new ArrayList<>();
  private final Set<RuleId> rules = new LinkedHashSet<>();
  private int files;
  Instant now = Instant.parse("2026-04-15T08:00:00Z");

  /**
   * @param withUnnamed whether there are events without an id; nothing is copied then, because
   *     copies of those count by contract
   */
  World(Path traces, SplittableRandom random, boolean withUnnamed) throws IOException {
    this.traces = Files.createDirectories(traces);
    this.random = random;
    this.withUnnamed = withUnnamed;
    for (int i = 0; i < 200; i++) {
      rules.add(RuleId.of("EVT-%06d".formatted(i)));
    }
  }

  Set<RuleId> rules() {
    return rules;
  }

  /** Something happens. */
  String step() throws IOException {
    now = now.plusSeconds(random.nextInt(1, 4000));
    List<Path> all = files();
    if (all.isEmpty() || random.nextInt(10) == 0) {
      return begin();
    }
    Path file = all.get(random.nextInt(all.size()));
    int what = random.nextInt(100);
    if (what < 40) {
      return append(file);
    } else if (what < 44) {
      return tear(file);
    } else if (what < 50) {
      return rotate(file);
    } else if (what < 56) {
      return copyAndTruncate(file);
    } else if (what < 61) {
      return truncate(file);
    } else if (what < 69) {
      return rewrite(file);
    } else if (what < 73) {
      return delete(file);
    } else if (what < 78) {
      return putBack();
    } else if (what < 83) {
      return copy(file);
    } else if (what < 87) {
      return putTogether(file, all.get(random.nextInt(all.size())));
    } else if (what < 92) {
      return compress(file);
    }
    return jump();
  }

  private String jump() {
    now = now.plus(Duration.ofDays(random.nextInt(-30, 31)));
    return "clock " + now;
  }

  private String begin() throws IOException {
    Path file = traces.resolve("t" + random.nextInt(12) + "-" + files++ + ".jsonl");
    if (random.nextInt(5) == 0) {
      arrays.put(file, new ArrayList<>());
      return rewriteArray(file);
    }
    write(file, event());
    return "begin " + file.getFileName();
  }

  /** As a product that keeps its events in one array, and writes it anew with each. */
  private String rewriteArray(Path file) throws IOException {
    List<String> items = arrays.get(file);
    for (int i = random.nextInt(3); i >= 0; i--) {
      items.add(random.nextInt(items.size() + 1), event().strip());
    }
    items.removeIf(String::isEmpty);
    if (random.nextInt(4) == 0) {
      Collections.shuffle(items, new Random(random.nextLong()));
    } else if (items.size() > 1 && random.nextInt(4) == 0) {
      items.remove(random.nextInt(items.size()));
    }
    String between = random.nextBoolean() ? ",\n  " : ", ";
    String text = (random.nextBoolean() ? "[\n  " : "[") + String.join(between, items) + "]\n";
    int length = random.nextInt(6) == 0 ? random.nextInt(text.length()) : text.length();
    Files.writeString(file, text.substring(0, length));
    return "array " + file.getFileName() + (length < text.length() ? " torn" : "");
  }

  private String event() {
    if (byLine.size() == rules.size()) {
      return "";
    }
    RuleId rule = RuleId.of("EVT-%06d".formatted(byLine.size()));
    Duration off = Duration.ofSeconds(random.nextInt(-5000, 5000));
    if (random.nextInt(6) == 0) {
      off = Duration.ofDays(random.nextInt(-30, 31));
    }
    String id = "e" + byLine.size();
    Instant time = now.plus(off).truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    String line = Traces.line(id, time, rule.value());
    if (withUnnamed && random.nextInt(4) == 0) {
      line = line.replace("\"event_id\": \"" + id + "\"", "\"event_id\": null");
    }
    byLine.put(line.strip(), new Event(rule, time, line.strip()));
    return line;
  }

  private String append(Path file) throws IOException {
    if (isCompressed(file)) {
      return begin();
    }
    if (arrays.containsKey(file) && random.nextInt(8) > 0) {
      return rewriteArray(file);
    }
    StringBuilder more = new StringBuilder();
    String rest = unfinished.remove(file);
    if (rest != null) {
      more.append(rest);
    } else if (!text(file).isEmpty() && !text(file).endsWith("\n")) {
      // As the writer of traces closes a torn line.
      more.append('\n');
    }
    for (int i = random.nextInt(random.nextInt(12) == 0 ? 30 : 4); i >= 0; i--) {
      more.append(event());
      if (random.nextInt(5) == 0) {
        more.append(Traces.line("quiet" + random.nextInt(), now));
      }
    }
    if (random.nextInt(8) == 0 && more.length() > 0) {
      more.setLength(more.length() - 1);
    }
    write(file, more.toString());
    return "append " + file.getFileName();
  }

  private String tear(Path file) throws IOException {
    if (isCompressed(file) || unfinished.containsKey(file)) {
      return "";
    }
    String event = event();
    int at = event.isEmpty() ? 0 : random.nextInt(event.length());
    String close = text(file).isEmpty() || text(file).endsWith("\n") ? "" : "\n";
    write(file, close + event.substring(0, at));
    unfinished.put(file, event.substring(at));
    return "tear " + file.getFileName();
  }

  private String rotate(Path file) throws IOException {
    Path to = traces.resolve(file.getFileName() + "." + files++);
    if (isCompressed(file)) {
      to = traces.resolve("r" + files++ + ".jsonl.gz");
    }
    move(file, to);
    return "rotate " + file.getFileName() + " " + to.getFileName();
  }

  private void move(Path file, Path to) throws IOException {
    Files.move(file, to);
    forget(file);
  }

  private String copyAndTruncate(Path file) throws IOException {
    if (isCompressed(file)) {
      return "";
    }
    Files.copy(file, traces.resolve(file.getFileName() + "." + files++));
    Files.write(file, new byte[0]);
    forget(file);
    if (random.nextBoolean()) {
      write(file, event());
    }
    return "copytruncate " + file.getFileName();
  }

  private String truncate(Path file) throws IOException {
    if (isCompressed(file)) {
      return "";
    }
    String text = text(file);
    int to = text.isEmpty() ? 0 : random.nextInt(text.length() + 1);
    if (random.nextBoolean()) {
      to = text.lastIndexOf('\n', to) + 1;
    }
    Files.writeString(file, text.substring(0, to));
    forget(file);
    return "truncate " + file.getFileName() + " to " + to;
  }

  private String rewrite(Path file) throws IOException {
    if (isCompressed(file)) {
      return "";
    }
    List<String> lines = new ArrayList<>(text(file).lines().toList());
    if (lines.isEmpty()) {
      return "";
    }
    int at = random.nextInt(lines.size());
    switch (random.nextInt(4)) {
      case 0 -> lines.remove(at);
      case 1 -> Collections.shuffle(lines, new Random(random.nextLong()));
      case 2 -> lines.set(at, event().strip());
      default -> lines.add(at, event().strip());
    }
    String text = String.join("\n", lines) + "\n";
    if (random.nextBoolean()) {
      Files.writeString(file, text);
    } else {
      Path other = traces.resolve("rewriting.tmp");
      Files.writeString(other, text);
      Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    }
    forget(file);
    return "rewrite " + file.getFileName();
  }

  private String delete(Path file) throws IOException {
    deleted.add(text(file));
    Files.delete(file);
    forget(file);
    return "delete " + file.getFileName();
  }

  private String putBack() throws IOException {
    if (deleted.isEmpty()) {
      return "";
    }
    String text = deleted.remove(random.nextInt(deleted.size()));
    if (withUnnamed) {
      return "";
    }
    write(traces.resolve("back" + files++ + ".jsonl"), text);
    return "put back";
  }

  private String copy(Path file) throws IOException {
    if (withUnnamed) {
      return "";
    }
    String ending = isCompressed(file) ? ".jsonl.gz" : ".jsonl";
    Files.copy(file, traces.resolve("a-copy" + files++ + ending));
    return "copy " + file.getFileName();
  }

  private String putTogether(Path one, Path other) throws IOException {
    if (withUnnamed) {
      return "";
    }
    write(traces.resolve("b-cat" + files++ + ".jsonl"), text(one) + text(other));
    return "cat " + one.getFileName() + " " + other.getFileName();
  }

  private String compress(Path file) throws IOException {
    if (isCompressed(file)) {
      return "";
    }
    Path to = traces.resolve("z" + files++ + ".jsonl.gz");
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(to))) {
      out.write(Files.readAllBytes(file));
    }
    Files.delete(file);
    forget(file);
    return "gzip " + file.getFileName();
  }

  private static boolean isCompressed(Path file) {
    return file.toString().endsWith(".gz");
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(traces)) {
      return all.sorted().toList();
    }
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = TraceText.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  /** Every file and what stands in it. */
  Map<String, String> snapshot() {
    Map<String, String> texts = new TreeMap<>();
    try {
      for (Path file : files()) {
        texts.put(file.toString(), text(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }

  private void forget(Path file) {
    unfinished.remove(file);
    arrays.remove(file);
  }

  /** The events whose lines are whole, or the items of an array. */
  List<Event> events(String text) {
    return isArray(text) ? within(text) : ofLines(text);
  }

  private static boolean isArray(String text) {
    try {
      return TraceReader.isArray(
          new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The events that stand anywhere in a text. */
  List<Event> within(String text) {
    return byLine.values().stream().filter(event -> text.contains(event.line())).toList();
  }

  private List<Event> ofLines(String text) {
    return text.lines().map(line -> byLine.get(line.strip())).filter(e -> e != null).toList();
  }

  /** How many events there ever were. */
  int count() {
    return byLine.size();
  }
}
