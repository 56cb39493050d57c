package io.governor.trace;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the trace files below a directory. What cannot be looked into goes to the tally; only the
 * directory itself must be readable.
 */
final class TraceFiles extends SimpleFileVisitor<Path> {

  private static final String SUFFIX = ".jsonl";

  private final Path root;
  private final ReadTally tally;
  private final List<Path> found = new ArrayList<>();

  private TraceFiles(Path root, ReadTally tally) {
    this.root = root;
    this.tally = tally;
  }

  /** All regular files {@code *.jsonl} below the directory, in order of path. */
  static List<Path> below(Path directory, ReadTally tally) throws IOException {
    TraceFiles files = new TraceFiles(directory, tally);
    Files.walkFileTree(
        directory, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, files);
    files.found.sort(null);
    return files.found;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (file.toString().endsWith(SUFFIX)) {
      if (attributes.isRegularFile()) {
        found.add(file);
      } else {
        // Opening a pipe would wait for a writer that may never come.
        String what =
            attributes.isSymbolicLink() ? "a symbolic link to nothing" : "not a regular file";
        tally.unreadable(file.toString(), what);
      }
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
    if (file.equals(root)) {
      throw IoReason.at(file.toString(), e);
    }
    if (e instanceof FileSystemLoopException) {
      tally.note(file.toString(), "a loop of symbolic links, not followed");
    } else {
      tally.unreadable(file.toString(), IoReason.of(e));
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
    if (e != null) {
      tally.unreadable(directory.toString(), IoReason.of(e));
    }
    return FileVisitResult.CONTINUE;
  }
}
