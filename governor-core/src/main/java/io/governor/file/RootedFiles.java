package io.governor.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a path that somebody else wrote, a model for instance, names something below one
 * of some directories. Immutable; threads may share it.
 *
 * <p>A path is inside when the file the system would open for it is: symbolic links are followed
 * one by one, also dangling ones, and {@code ..} leaves the directory a link led to. What does not
 * exist is taken as it is written. A path that some reader may take for another one is refused
 * whatever it names here: see {@link Refusal}; so is one that is inside only where a file system
 * ignores case. Whose paths these are, the roots tell: what Windows alone reads differently, such
 * as colons and blanks at the end of a name, is refused only below roots of Windows.
 *
 * <p>The answer holds for the moment of the question. A link that is changed between the answer and
 * the use leads elsewhere; so does a second name of the same file (a hard link or a bind mount),
 * which no path shows.
 *
 * <p>The roots are followed to their real directories once, when this is made.
 */
public final class RootedFiles {

  /** What a path is to the roots. */
  public sealed interface Verdict {}

  /**
   * It names a root or something below one.
   *
   * @param real the path with every link followed
   */
  public record Inside(Path real) implements Verdict {
    /** Without the path: it is what somebody typed. */
    @Override
    public String toString() {
      return "Inside[" + real.getNameCount() + " names]";
    }
  }

  /** It names something else. */
  public record Outside() implements Verdict {}

  /**
   * It is not followed at all.
   *
   * @param reason why
   */
  public record Refused(Refusal reason) implements Verdict {}

  private final List<Path> roots;

  private RootedFiles(List<Path> roots) {
    this.roots = roots;
  }

  /**
   * @param roots directories as absolute paths; they need not exist
   * @throws IllegalArgumentException if there are none, or one is relative, or one cannot be
   *     followed because its links run in a circle or it cannot be looked at
   */
  public static RootedFiles under(List<Path> roots) {
    if (roots.isEmpty()) {
      throw new IllegalArgumentException("no root directory: at least one absolute path is needed");
    }
    List<Path> real = new ArrayList<>();
    for (Path root : roots) {
      real.add(realRoot(root));
    }
    return new RootedFiles(List.copyOf(real));
  }

  private static Path realRoot(Path root) {
    if (!root.isAbsolute()) {
      throw new IllegalArgumentException(
          "a root directory is a relative path: an absolute one is needed");
    }
    try {
      return new LinkWalk(root.getRoot(), new FollowedPaths()).follow(root.toString()).place();
    } catch (IOException e) {
      throw new IllegalArgumentException("a root directory cannot be followed to its real path", e);
    }
  }

  /**
   * Whether a path is inside: false when it is outside or refused.
   *
   * @param path the path as it was written
   * @param workingDirectory what a relative path starts from, absolute; null for the first root
   */
  public boolean contains(String path, @Nullable Path workingDirectory) {
    return resolve(path, workingDirectory) instanceof Inside;
  }

  /**
   * Follows a path; throws for none.
   *
   * @param path the path as it was written
   * @param workingDirectory what a relative path starts from, absolute; null for the first root
   */
  public Verdict resolve(String path, @Nullable Path workingDirectory) {
    return resolve(path, workingDirectory, new FollowedPaths());
  }

  /**
   * Whether a path is refused for what it is written like, wherever the roots are; looks at no
   * file.
   */
  public static boolean isDoubtful(String path) {
    return PathText.refusal(path) != null;
  }

  /**
   * Follows a path as far as it was not followed before; throws for none.
   *
   * @param path the path as it was written
   * @param workingDirectory what a relative path starts from, absolute; null for the first root
   * @param followed what the same decision has asked before, about these roots or others
   */
  public Verdict resolve(String path, @Nullable Path workingDirectory, FollowedPaths followed) {
    Path start = workingDirectory == null ? roots.get(0) : workingDirectory;
    FollowedPaths.Followed end = followed.follow(start, path);
    if (end.real() == null) {
      return new Refused(end.refusal() == null ? Refusal.UNREADABLE : end.refusal());
    }
    return verdict(end.real());
  }

  /** The real directories, in the order they were given. */
  public List<Path> roots() {
    return roots;
  }

  /**
   * Where an absolute path leads when its links are followed; null when that cannot be told.
   *
   * @param path the path as it was written
   * @param followed what the same decision has asked before
   */
  public @Nullable Path real(String path, FollowedPaths followed) {
    return followed.follow(roots.get(0), path).real();
  }

  private Verdict verdict(Path real) {
    for (Path root : roots) {
      if (real.startsWith(root)) {
        return new Inside(real);
      }
    }
    Path folded = folded(real);
    for (Path root : roots) {
      if (folded.startsWith(folded(root))) {
        return new Refused(Refusal.OTHER_CASE);
      }
    }
    return new Outside();
  }

  private static Path folded(Path path) {
    return path.getFileSystem().getPath(path.toString().toLowerCase(Locale.ROOT));
  }

  /** Sizes only. */
  @Override
  public String toString() {
    return "RootedFiles[" + roots.size() + " roots]";
  }
}
