package io.governor.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Forces to the disk what the operating system holds of a file, whoever wrote it and through
 * whichever descriptor. An interrupt closes the channel that forces, so it has one of its own: it
 * is begun again, and the thread stays interrupted. Stateless; any thread may use it.
 */
public final class Forcing {

  private Forcing() {}

  /** Forces a file's bytes and its length; refuses to follow a link. */
  public static void file(Path file) throws IOException {
    force(file, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
  }

  /** Forces the names in a directory; nothing where directories cannot be opened, as on Windows. */
  public static void directory(Path directory) throws IOException {
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      force(directory, Set.of(StandardOpenOption.READ));
    }
  }

  private static void force(Path path, Set<OpenOption> options) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      // What an interrupted attempt has forced already costs the next one nothing.
      while (!forced(path, options)) {
        interrupted |= Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean forced(Path path, Set<OpenOption> options) throws IOException {
    try (FileChannel channel = FileChannel.open(path, options)) {
      channel.force(true);
      return true;
    } catch (ClosedByInterruptException e) {
      return false;
    }
  }
}
