package io.governor.sync.ledger;

import io.governor.sync.SyncException;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The trace files of sources and how they look, each once, whatever names lead to it. Below a
 * directory these are files {@code *.jsonl} and what rotation makes of their names: {@code
 * *.jsonl.1}, {@code *.jsonl-20260414}, either with {@code .gz}. Confined to one thread.
 */
final class TraceListing extends SimpleFileVisitor<Path> {

  private static final Pattern TRACE = Pattern.compile("(?s).*\\.jsonl([.-][0-9]{1,14})*(\\.gz)?");

  private final Map<Path, Stamp> files = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();
  private Map<Path, Stamp> found = new TreeMap<>();
  private @Nullable Path source;

  private TraceListing() {}

  /**
   * Lists sources.
   *
   * @throws SyncException of kind {@code INPUT} if there is nothing at a source's path, or it
   *     cannot be looked into
   */
  static TraceListing of(List<Path> sources) throws SyncException {
    TraceListing listing = new TraceListing();
    for (Path source : sources) {
      listing.list(source.toAbsolutePath().normalize());
    }
    return listing;
  }

  /** The files, those of a source in order of path. */
  Map<Path, Stamp> files() {
    return files;
  }

  /** What could not be looked into. */
  List<String> problems() {
    return problems;
  }

  private void list(Path newSource) throws SyncException {
    source = newSource;
    found = new TreeMap<>();
    try {
      Files.walkFileTree(
          newSource, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, this);
    } catch (NoSuchFileException e) {
      throw SyncException.input(
          newSource
              + ": there is no such file or directory; a source is a trace file, or a directory"
              + " with *.jsonl files below it",
          e);
    } catch (IOException e) {
      throw SyncException.input(newSource + ": cannot be read", e);
    }
    found.forEach(this::add);
  }

  private void add(Path file, Stamp stamp) {
    if (stamp.key().isEmpty() || keys.add(stamp.key())) {
      files.putIfAbsent(file, stamp);
    }
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    boolean asked = file.equals(source);
    if (asked || isTrace(file.toString())) {
      if (attributes.isRegularFile()) {
        look(file, attributes, asked);
      } else {
        problems.add(file + ":0: not a regular file");
      }
    }
    return FileVisitResult.CONTINUE;
  }

  private static boolean isTrace(String path) {
    return path.endsWith(".jsonl") || (path.contains(".jsonl") && TRACE.matcher(path).matches());
  }

  private void look(Path file, BasicFileAttributes attributes, boolean asked) throws IOException {
    try {
      found.put(file, Stamp.of(file, attributes));
    } catch (NoSuchFileException e) {
      if (asked) {
        throw e;
      }
      // It was rotated or removed just now.
    }
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
    if (file.equals(source)) {
      throw e;
    }
    if (!(e instanceof FileSystemLoopException) && !(e instanceof NoSuchFileException)) {
      problems.add(file + ":0: cannot be read");
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
    if (e != null) {
      problems.add(directory + ":0: cannot be read");
    }
    return FileVisitResult.CONTINUE;
  }
}
