package io.governor.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.trace.ChainReport.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * What somebody may do to the files of a state root with sessions of every kind. What is found then
 * is data, {@code tampered-roots.tsv}: a cell holds the findings about the trace, with their lines
 * in the file, and after a name those about other files; a dash is what verifying does not see.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TamperedRootTest {

  private static final int LINES = 11;
  private static final int BYTES_OF_A_CUT_LINE = 300;

  /** Something that can be done to a trace. */
  private interface Deed {
    void to(RecordedRoot root, String kind) throws IOException;
  }

  /** Something that can be done to the lines of a trace. */
  private interface Edit {
    void of(List<String> lines);
  }

  private final Map<String, Deed> deeds = new LinkedHashMap<>();
  private KindsOfTraces kinds;
  private Path home;
  private int copies;

  @BeforeAll
  void write(@TempDir Path directory) throws IOException {
    home = directory;
    kinds = KindsOfTraces.write(directory.resolve("kinds"));
    files();
    lines();
  }

  private void files() {
    deeds.put("nothing", (root, kind) -> {});
    deeds.put("delete the file", (root, kind) -> Files.delete(root.trace(kind)));
    deeds.put("delete the file and what lies beside it", TamperedRootTest::deleteAll);
    deeds.put("empty the file", (root, kind) -> Files.write(root.trace(kind), new byte[0]));
    deeds.put("rename the file", (root, kind) -> Files.move(root.trace(kind), root.trace("new")));
    deeds.put("put junk in its place", (root, kind) -> Files.writeString(root.trace(kind), "x\n"));
    deeds.put(
        "put an older copy in its place",
        (root, kind) -> Files.write(root.trace(kind), kinds.older(kind)));
    deeds.put(
        "put a copy of another in its place",
        (root, kind) -> Files.copy(root.trace("beside"), emptied(root.trace(kind))));
    deeds.put("exchange it with another", TamperedRootTest::exchange);
    deeds.put("add a folder's worth of junk", TamperedRootTest::addJunk);
  }

  private void lines() {
    edit("cut the last line off", lines -> lines.remove(10));
    edit("cut all lines from the ninth on off", lines -> lines.subList(8, LINES).clear());
    edit("cut all lines from the eighth on off", lines -> lines.subList(7, LINES).clear());
    edit("cut all lines but the first off", lines -> lines.subList(1, LINES).clear());
    edit("cut all lines but half of the first off", TamperedRootTest::leaveHalfOfTheFirst);
    edit("change a line", lines -> lines.set(4, lines.get(4).replace("READ", "LIST")));
    edit("change the last line", lines -> lines.set(10, lines.get(10).replace("READ", "LIST")));
    edit("delete a line", lines -> lines.remove(4));
    edit("delete the first line", lines -> lines.remove(0));
    edit("swap two lines", lines -> Collections.swap(lines, 4, 5));
    edit("swap the last two lines", lines -> Collections.swap(lines, 9, 10));
    edit("repeat a line", lines -> lines.add(5, lines.get(4)));
    edit("repeat the last line", lines -> lines.add(lines.get(10)));
    edit("insert an event", lines -> lines.add(4, unchained(lines.get(4))));
    edit("insert an event at the front", lines -> lines.add(0, unchained(lines.get(0))));
    edit("append an event", lines -> lines.add(unchained(lines.get(10))));
    edit("insert junk", lines -> lines.add(4, "x"));
    edit("append junk", lines -> lines.add("x"));
    edit("insert a part of a line, as a crash leaves it", lines -> lines.add(4, cut(lines.get(4))));
    edit("cut a line", lines -> lines.set(4, cut(lines.get(4))));
    edit("take the chain out", lines -> lines.replaceAll(TamperedRootTest::unchained));
  }

  private void edit(String name, Edit edit) {
    deeds.put(
        name,
        (root, kind) -> {
          List<String> lines = root.lines(kind);
          edit.of(lines);
          root.write(kind, lines);
        });
  }

  private static void deleteAll(RecordedRoot root, String kind) throws IOException {
    for (String ending : List.of(".jsonl", ".lock", ".state")) {
      Files.deleteIfExists(root.trace(kind).resolveSibling(kind + ending));
    }
  }

  private static Path emptied(Path file) throws IOException {
    Files.delete(file);
    return file;
  }

  private static void exchange(RecordedRoot root, String kind) throws IOException {
    byte[] mine = Files.readAllBytes(root.trace(kind));
    Files.write(root.trace(kind), Files.readAllBytes(root.trace("beside")));
    Files.write(root.trace("beside"), mine);
  }

  private static void addJunk(RecordedRoot root, String kind) throws IOException {
    Path folder = Files.createDirectory(root.trace(kind).resolveSibling(kind));
    Files.writeString(folder.resolve("new.jsonl"), "x\n");
  }

  private static void leaveHalfOfTheFirst(List<String> lines) {
    lines.subList(1, LINES).clear();
    lines.replaceAll(TamperedRootTest::cut);
  }

  private static String unchained(String line) {
    return line.substring(0, line.length() - HashChain.TAIL_BYTES) + "}}";
  }

  private static String cut(String line) {
    return line.substring(0, BYTES_OF_A_CUT_LINE);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "tampered-roots.tsv", delimiter = '\t', useHeadersInDisplayName = true)
  void whateverIsDoneToTheFilesIsFound(
      String deed,
      String closed,
      String killed,
      String resumed,
      String shared,
      String over,
      String beside)
      throws IOException {
    Map<String, String> found = new LinkedHashMap<>();
    for (String kind : KindsOfTraces.KINDS) {
      RecordedRoot root = copy();
      deeds.get(deed).to(root, kind);
      found.put(kind, found(root, kind));
    }

    List<String> expected = List.of(closed, killed, resumed, shared, over, beside);
    assertThat(found.values()).as("%s: %s", deed, found).containsExactlyElementsOf(expected);
  }

  @Test
  void aCutOfWhateverTraceAtWhateverByteIsFoundAsFarAsAHeadIsOnRecord() throws IOException {
    RecordedRoot root = copy();
    KnownTraces known =
        new KnownTraces(
            root.path, RecordedHeads.below(root.path, Patience.NONE), ExportedHeads.NONE);
    for (String kind : KindsOfTraces.KINDS) {
      byte[] trace = Files.readAllBytes(root.trace(kind));
      KnownHeads heads = known.of(root.trace(kind));
      long recorded = heads.furthest().head().lines();
      for (int length = 0; length < trace.length; length++) {
        boolean cutsNoLine = length > 0 && trace[length - 1] == '\n';
        boolean unseen = cutsNoLine && lines(trace, length) >= recorded;
        Status status = status(Arrays.copyOf(trace, length), heads);
        assertThat(status)
            .as("%s cut to %d bytes", kind, length)
            .isIn(unseen ? List.of(Status.INTACT) : List.of(Status.MISSING, Status.DAMAGED));
      }
    }
  }

  private static long lines(byte[] text, int length) {
    return IntStream.range(0, length).filter(at -> text[at] == '\n').count();
  }

  private static Status status(byte[] trace, KnownHeads known) throws IOException {
    ChainCheck check = new ChainCheck("t", known);
    LineReader lines = new LineReader(new ByteArrayInputStream(trace));
    while (!check.isBroken() && lines.next()) {
      check.line(lines);
    }
    return check.report().status();
  }

  @Test
  void whateverIsDoneToTheLogOfHeadsAnExportShows() throws IOException {
    RecordedRoot root = copy();
    ExportedHeads export =
        ExportedHeads.of(TraceVerifier.of(root.path).export(Instant.EPOCH).heads());
    byte[] log = Files.readAllBytes(root.log());
    List<String> lines = Files.readAllLines(root.log());
    for (int length = 0; length < log.length; length++) {
      Files.write(root.log(), Arrays.copyOf(log, length));
      assertThat(export.compare(root.log())).as("cut to %d", length).isNotNull();
    }
    for (int i = 0; i < lines.size(); i++) {
      for (Edit edit : editsOfLine(i)) {
        List<String> edited = new ArrayList<>(lines);
        edit.of(edited);
        Files.write(root.log(), edited);
        assertThat(export.compare(root.log())).as("line %d", i).isNotNull();
      }
    }
    Files.delete(root.log());
    assertThat(export.compare(root.log())).isNotNull();
    Files.write(root.log(), log);
    assertThat(export.compare(root.log())).isNull();
  }

  private static List<Edit> editsOfLine(int i) {
    return List.of(
        lines -> lines.remove(i),
        lines -> lines.add(i, lines.get(0).replace("closed", "over")),
        lines -> lines.set(i, lines.get(i).replace("\"why\": \"", "\"why\": \"X")),
        lines -> Collections.swap(lines, i, (i + 1) % lines.size()));
  }

  @Test
  void aLogOfHeadsThatIsCutIsTornInTheMiddleOfALineAndElseKnowsLess() throws IOException {
    byte[] log = Files.readAllBytes(copy().log());
    for (int length = 0; length < log.length; length++) {
      Seen seen = new Seen();
      HeadLines.read(new ByteArrayInputStream(log, 0, length), seen);
      assertThat(seen.heads)
          .as("cut to %d", length)
          .isBetween(lines(log, length), lines(log, length) + 1);
      assertThat(seen.torn)
          .as("cut to %d", length)
          .isEqualTo(length > 0 && log[length - 1] != '\n');
    }
  }

  /** What was read of a log; nothing foreign is in it. */
  private static final class Seen implements HeadLines.Visitor {

    private long heads;
    private boolean torn;

    @Override
    public void head(HeadRecord head, long line, long offset) {
      heads++;
    }

    @Override
    public void torn(long line) {
      torn = true;
    }

    @Override
    public void foreign(long line) {
      throw new AssertionError("line " + line);
    }
  }

  @Test
  void withoutTheLogOfHeadsAChainIsAChainHoweverShort() throws IOException {
    RecordedRoot root = copy();
    Files.delete(root.log());
    assertThat(root.verify().findings()).isEmpty();
    root.write("closed", root.lines("closed").subList(0, 2));
    Files.delete(root.trace("killed"));
    assertThat(root.verify().findings()).isEmpty();
  }

  private RecordedRoot copy() throws IOException {
    return kinds.copy(home.resolve("copy-" + copies++));
  }

  private static String found(RecordedRoot root, String kind) throws IOException {
    String found =
        root.verify().findings().stream()
            .map(finding -> words(finding, root.trace(kind)))
            .collect(Collectors.joining(", "));
    return found.isEmpty() ? "-" : found;
  }

  private static String words(VerifyFinding finding, Path trace) {
    String line = finding.line() == 0 ? "" : ":" + finding.line();
    boolean isAbout = finding.file().equals(trace.toString());
    return (isAbout ? "" : Path.of(finding.file()).getFileName() + " ") + finding.kind() + line;
  }
}
