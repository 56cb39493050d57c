package io.governor.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where paths lead, at one moment: what was looked at once is not looked at again, so whoever asks
 * sees the same. Links change, so make a new one for every decision. It remembers up to {@value
 * #MOST} paths and as many links; what is beyond is looked at each time. Confined to one thread.
 */
public final class FollowedPaths {

  private static final int MOST = 4_096;

  private final Map<Way, Followed> paths = new HashMap<>();
  private final Map<Path, Optional<String>> links = new HashMap<>();

  private record Way(Path start, String path) {}

  /** Where a path leads, or why it is not followed. */
  record Followed(@Nullable Path real, @Nullable Refusal refusal) {}

  /** Where a path leads that starts in a directory, if it does not start at a root itself. */
  Followed follow(Path start, String path) {
    Way way = new Way(start, path);
    Followed known = paths.get(way);
    if (known == null) {
      Refusal refusal = refusal(start, path);
      if (refusal == null && !start.isAbsolute()) {
        refusal = Refusal.NO_DIRECTORY;
      }
      known = refusal == null ? walk(start, path) : new Followed(null, refusal);
      if (paths.size() < MOST) {
        paths.put(way, known);
      }
    }
    return known;
  }

  /** The directory tells whose paths these are. */
  private static @Nullable Refusal refusal(Path start, String path) {
    boolean windows = start.getFileSystem().getSeparator().equals("\\");
    return windows ? WindowsText.refusal(path) : PathText.refusal(path);
  }

  private Followed walk(Path start, String path) {
    try {
      LinkWalk walk = new LinkWalk(start.getRoot(), this);
      if (start.getFileSystem().getPath(path).getRoot() == null) {
        walk.follow(start.toString());
      }
      walk.follow(path);
      return walk.metProcessFiles()
          ? new Followed(null, Refusal.PROCESS_FILES)
          : new Followed(walk.place(), null);
    } catch (LinkWalk.TooManyLinks e) {
      return new Followed(null, Refusal.TOO_MANY_LINKS);
    } catch (IOException | RuntimeException e) {
      // A directory that nobody may look into may hold links that lead anywhere.
      return new Followed(null, Refusal.UNREADABLE);
    }
  }

  /**
   * What a link says, or null for what is none.
   *
   * @throws IOException if it cannot be looked at
   */
  @Nullable String target(Path path) throws IOException {
    Optional<String> known = links.get(path);
    if (known == null) {
      boolean link =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
              .isSymbolicLink();
      known = link ? Optional.of(Files.readSymbolicLink(path).toString()) : Optional.empty();
      if (links.size() < MOST) {
        links.put(path, known);
      }
    }
    return known.orElse(null);
  }

  /** Sizes only. */
  @Override
  public String toString() {
    return "FollowedPaths[" + paths.size() + " paths]";
  }
}
