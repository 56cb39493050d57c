package io.governor.hooks.scan;

import io.governor.file.RootedFiles;
import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks through the transcripts of Claude Code, JSON lines below {@code projects} in its folder: by
 * session, how many calls wrote outside the project, how many commands were destructive, and how
 * many secrets stood in arguments. Nothing is written and no link is followed. Lines that cannot be
 * read cost themselves and are counted; one line is held at a time, of at most 16 MiB. For one
 * thread.
 */
public final class TranscriptScan {

  private static final int LONGEST_LINE = 16 << 20;
  private static final int MOST_IDS = 1_000_000;
  private static final StrictJson.Limits LIMITS =
      new StrictJson.Limits(128, LONGEST_LINE, 1 << 16, LONGEST_LINE, 4_000_000, true);

  private final @Nullable Instant since;
  private final Map<String, Tally> sessions = new LinkedHashMap<>();
  private final Set<String> seen = new HashSet<>();
  private long files;
  private long broken;
  private long unreadable;

  private TranscriptScan(@Nullable Instant since) {
    this.since = since;
  }

  /**
   * Scans a folder.
   *
   * @param folder with transcripts in it or below it
   * @param since calls before are passed over; null for all
   * @throws IOException if the folder cannot be listed
   */
  public static ScanReport below(Path folder, @Nullable Instant since) throws IOException {
    TranscriptScan scan = new TranscriptScan(since);
    for (Path file : scan.transcripts(folder)) {
      scan.read(file);
    }
    return scan.report();
  }

  private List<Path> transcripts(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            boolean recent =
                since == null || !attributes.lastModifiedTime().toInstant().isBefore(since);
            if (attributes.isRegularFile() && recent && file.toString().endsWith(".jsonl")) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (file.equals(folder)) {
              throw failure;
            }
            unreadable++;
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(null);
    return found;
  }

  private void read(Path file) {
    files++;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      BoundedLines lines = new BoundedLines(in, LONGEST_LINE);
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        line(line, file);
      }
    } catch (IOException e) {
      unreadable++;
    }
  }

  private void line(byte[] line, Path file) {
    if (line.length == 0) {
      return;
    }
    try {
      if (StrictJson.parse(line, LIMITS) instanceof Map<?, ?> members) {
        line(members, file);
      } else {
        broken++;
      }
    } catch (JsonProblem e) {
      broken++;
    }
  }

  private void line(Map<?, ?> line, Path file) {
    Tally tally = tally(line, file);
    Path folder = ScannedCall.path(line.get("cwd"));
    tally.begin(folder);
    if (!"assistant".equals(line.get("type"))
        || !(line.get("message") instanceof Map<?, ?> message)
        || !(message.get("content") instanceof List<?> content)) {
      return;
    }
    Instant time = time(line.get("timestamp"));
    if (since != null && (time == null || time.isBefore(since))) {
      return;
    }
    for (Object block : content) {
      if (block instanceof Map<?, ?> use && "tool_use".equals(use.get("type")) && isNew(use)) {
        tally.add(use, folder, time);
      }
    }
  }

  /** A session that is resumed repeats its lines. */
  private boolean isNew(Map<?, ?> use) {
    return !(use.get("id") instanceof String id) || seen.size() >= MOST_IDS || seen.add(id);
  }

  private Tally tally(Map<?, ?> line, Path file) {
    String name = Objects.requireNonNull(file.getFileName()).toString();
    String id =
        line.get("sessionId") instanceof String session
            ? session
            : name.substring(0, name.length() - ".jsonl".length());
    return sessions.computeIfAbsent(id, Tally::new);
  }

  private static @Nullable Instant time(@Nullable Object text) {
    try {
      return text instanceof String time ? Instant.parse(time) : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private ScanReport report() {
    List<ScannedSession> found =
        sessions.values().stream()
            .filter(tally -> tally.calls > 0)
            .map(Tally::session)
            .sorted(
                Comparator.comparing(
                    ScannedSession::last, Comparator.nullsLast(Comparator.reverseOrder())))
            .toList();
    return new ScanReport(found, files, broken, unreadable);
  }

  /** What one session has so far. */
  private static final class Tally {

    private final String sessionId;
    private final SortedMap<String, Long> secrets = new TreeMap<>();
    private @Nullable Path project;
    private @Nullable RootedFiles roots;
    private @Nullable Instant last;
    private long calls;
    private long outside;
    private long destructive;

    Tally(String sessionId) {
      this.sessionId = sessionId;
    }

    /** The project is where the session began; its folder follows what it does. */
    void begin(@Nullable Path folder) {
      if (project == null && folder != null) {
        project = folder;
        try {
          roots = RootedFiles.under(List.of(folder));
        } catch (IllegalArgumentException e) {
          roots = null; // links in a circle: nothing can be said of it
        }
      }
    }

    void add(Map<?, ?> use, @Nullable Path folder, @Nullable Instant time) {
      calls++;
      last = last == null || (time != null && time.isAfter(last)) ? time : last;
      if (use.get("name") instanceof String tool && use.get("input") instanceof Map<?, ?> input) {
        ScannedCall call = new ScannedCall(tool, input, folder);
        outside += call.isOutside(roots) ? 1 : 0;
        destructive += call.isDestructive() ? 1 : 0;
        call.secrets().forEach((name, count) -> secrets.merge(name, (long) count, Long::sum));
      }
    }

    ScannedSession session() {
      return new ScannedSession(
          sessionId,
          project == null ? null : project.toString(),
          last,
          calls,
          outside,
          destructive,
          secrets);
    }
  }
}
