package io.governor.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Follows a path name by name from a place whose path is real, as the system does when it opens a
 * file (POSIX.1-2017, 4.13 Pathname Resolution), except that names may be missing. Used by one
 * thread.
 */
final class LinkWalk {
  /** As many as Linux follows. */
  private static final int MAX_LINKS = 40;

  private static final Path PROCESSES = Path.of("/proc");

  /** Links in a circle, or more of them than any system follows. */
  static final class TooManyLinks extends FileSystemException {
    private static final long serialVersionUID = 1L;

    TooManyLinks() {
      super(null);
    }
  }

  private final FollowedPaths known;
  private final Deque<String> names = new ArrayDeque<>();
  private Path place;
  private int links;
  private boolean processFiles;

  /**
   * @param root where it starts
   * @param known what links say, as far as they were looked at before
   */
  LinkWalk(Path root, FollowedPaths known) {
    this.place = root;
    this.known = known;
  }

  /** Where the walk is: a path without links, as far as it exists. */
  Path place() {
    return place;
  }

  /** Whether it came through the files of a process, where links mean what the reader is. */
  boolean metProcessFiles() {
    return processFiles;
  }

  /** Goes on along a path; an absolute one starts anew. */
  LinkWalk follow(String path) throws IOException {
    enqueue(path);
    while (!names.isEmpty()) {
      step(names.removeFirst());
      processFiles |= place.startsWith(PROCESSES);
    }
    return this;
  }

  private void enqueue(String path) {
    Path written = place.getFileSystem().getPath(path);
    if (written.getRoot() != null) {
      place = written.getRoot();
    }
    for (int i = written.getNameCount() - 1; i >= 0; i--) {
      names.addFirst(written.getName(i).toString());
    }
  }

  private void step(String name) throws IOException {
    if (name.equals("..")) {
      Path parent = place.getParent();
      place = parent == null ? place : parent;
    } else if (!name.isEmpty() && !name.equals(".")) {
      enter(place.resolve(name));
    }
  }

  private void enter(Path next) throws IOException {
    String target = target(next);
    if (target == null) {
      place = next;
    } else if (++links > MAX_LINKS) {
      throw new TooManyLinks();
    } else {
      enqueue(target);
    }
  }

  /** What a link says; null for what is none, and for nothing. */
  private @Nullable String target(Path next) throws IOException {
    try {
      return known.target(next);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      if (Files.isDirectory(place)) {
        throw e;
      }
      // Below a file there is nothing, links included.
      return null;
    }
  }
}
