package io.governor.sync.count;

import io.governor.trace.IoReason;
import io.governor.trace.ReadProblem;
import io.governor.trace.TraceFiles;
import io.governor.trace.TraceFiles.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The files that sources lead to, each once, whatever names lead to it. A source that is a file is
 * read whatever it is called. Below a directory those are traces whose names end in {@code .jsonl},
 * and what rotation makes of such names: {@code .jsonl.1}, {@code .jsonl-20260414}; each of them
 * also with {@code .gz}. Confined to one thread.
 */
public final class SourceFiles implements TraceFiles.Troubles {

  private static final Pattern TRACE = Pattern.compile("(?s).*\\.jsonl([.-][0-9]{1,14})*(\\.gz)?");

  private final Set<Object> seen = new HashSet<>();
  private final List<ReadProblem> problems = new ArrayList<>();
  private long unreadable;

  /**
   * The files of a source that no source before it led to, in order of path.
   *
   * @throws IOException if there is nothing, or it cannot be looked into; its message says which
   *     and why
   */
  public List<Found> of(Path source) throws IOException {
    BasicFileAttributes attributes = attributes(source);
    if (attributes.isDirectory()) {
      return unseen(TraceFiles.below(source, SourceFiles::isTrace, this));
    }
    if (attributes.isRegularFile()) {
      return unseen(List.of(new Found(source, attributes)));
    }
    unreadable(source.toString(), "not a regular file");
    return List.of();
  }

  static BasicFileAttributes attributes(Path source) throws IOException {
    try {
      return Files.readAttributes(source, BasicFileAttributes.class);
    } catch (IOException e) {
      throw IoReason.at(source.toString(), e);
    }
  }

  private static boolean isTrace(String path) {
    return path.endsWith(TraceFiles.SUFFIX)
        || (path.contains(TraceFiles.SUFFIX) && TRACE.matcher(path).matches());
  }

  private List<Found> unseen(List<Found> found) {
    return found.stream().filter(this::isNew).toList();
  }

  /** Where the file system has no keys, a file that is named twice is read twice. */
  private boolean isNew(Found file) {
    Object key = file.attributes().fileKey();
    return key == null || seen.add(key);
  }

  @Override
  public void unreadable(String name, String reason) {
    unreadable++;
    note(name, reason);
  }

  @Override
  public void note(String name, String reason) {
    problems.add(new ReadProblem(name, 0, reason));
  }

  /** What was passed over, and why. */
  public List<ReadProblem> problems() {
    return problems;
  }

  /** How many of those may be files with events. */
  public long unreadable() {
    return unreadable;
  }
}
