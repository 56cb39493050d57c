package io.governor.trace;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the trace files below a directory. What cannot be looked into is told; only the directory
 * itself must be readable.
 */
final class TraceFiles extends SimpleFileVisitor<Path> {

  /** What the name of a trace ends in, and of nothing else in a state root. */
  static final String SUFFIX = ".jsonl";

  private final Path root;
  private final String suffix;
  private final Troubles troubles;
  private final List<Path> found = new ArrayList<>();

  private TraceFiles(Path root, String suffix, Troubles troubles) {
    this.root = root;
    this.suffix = suffix;
    this.troubles = troubles;
  }

  /** Takes what is in the way. */
  interface Troubles {

    /** It cannot be looked into. */
    void unreadable(String name, String reason);

    /** Something worth telling that hides no file. */
    void note(String name, String reason);
  }

  /** All regular files {@code *.jsonl} below the directory, in order of path. */
  static List<Path> below(Path directory, Troubles troubles) throws IOException {
    return below(directory, SUFFIX, troubles);
  }

  /** All regular files below the directory whose names end like that, in order of path. */
  static List<Path> below(Path directory, String suffix, Troubles troubles) throws IOException {
    TraceFiles files = new TraceFiles(directory, suffix, troubles);
    Files.walkFileTree(
        directory, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, files);
    files.found.sort(null);
    return files.found;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (file.toString().endsWith(suffix)) {
      if (attributes.isRegularFile()) {
        found.add(file);
      } else {
        // Opening a pipe would wait for a writer that may never come.
        String what =
            attributes.isSymbolicLink() ? "a symbolic link to nothing" : "not a regular file";
        troubles.unreadable(file.toString(), what);
      }
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
    if (file.equals(root)) {
      throw IoReason.at(file.toString(), e);
    }
    if (e instanceof NoSuchFileException && Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
      // Removed since its folder was listed, as the temporary files of writers are.
      return FileVisitResult.CONTINUE;
    }
    if (e instanceof FileSystemLoopException) {
      troubles.note(file.toString(), "a loop of symbolic links, not followed");
    } else {
      troubles.unreadable(file.toString(), IoReason.of(e));
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
    if (e != null) {
      troubles.unreadable(directory.toString(), IoReason.of(e));
    }
    return FileVisitResult.CONTINUE;
  }
}
