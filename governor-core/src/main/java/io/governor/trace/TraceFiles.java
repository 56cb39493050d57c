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
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the trace files below a directory, or files that are kept beside them. What cannot be
 * looked into is told; only the directory itself must be readable. Symbolic links are followed,
 * loops of them are not.
 */
public final class TraceFiles extends SimpleFileVisitor<Path> {

  /** The end of a trace file's name. */
  public static final String SUFFIX = ".jsonl";

  private final Path root;
  private final Predicate<String> wanted;
  private final Troubles troubles;
  private final List<Found> found = new ArrayList<>();

  /** Hears of what is passed over. */
  public interface Troubles {

    /** Something whose events are missed. */
    void unreadable(String name, String reason);

    /** Something worth telling that misses no event. */
    void note(String name, String reason);
  }

  /**
   * A regular file.
   *
   * @param attributes what it looked like when it was found
   */
  public record Found(Path path, BasicFileAttributes attributes) {}

  private TraceFiles(Path root, Predicate<String> wanted, Troubles troubles) {
    this.root = root;
    this.wanted = wanted;
    this.troubles = troubles;
  }

  /** The surface of a trace: the name of the folder that it lies in; empty where that has none. */
  public static String surface(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    Path name = folder == null ? null : folder.getFileName();
    return name == null ? "" : name.toString();
  }

  /** All regular files {@code *.jsonl} below the directory, in order of path. */
  static List<Path> below(Path directory, Troubles troubles) throws IOException {
    return below(directory, List.of(SUFFIX), troubles).stream().map(Found::path).toList();
  }

  /** The same with other ends of names. */
  static List<Found> below(Path directory, List<String> suffixes, Troubles troubles)
      throws IOException {
    return below(directory, path -> suffixes.stream().anyMatch(path::endsWith), troubles);
  }

  /**
   * All regular files below the directory that are wanted, in order of path.
   *
   * @param wanted asked about the path of each file
   * @throws IOException if the directory itself cannot be read; its message says which and why
   */
  public static List<Found> below(Path directory, Predicate<String> wanted, Troubles troubles)
      throws IOException {
    TraceFiles files = new TraceFiles(directory, wanted, troubles);
    Files.walkFileTree(
        directory, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, files);
    files.found.sort(Comparator.comparing(Found::path));
    return files.found;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (wanted.test(file.toString())) {
      if (attributes.isRegularFile()) {
        found.add(new Found(file, attributes));
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
