package io.governor.sync.ledger;

import io.governor.sync.SyncException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a state root, or a file of the sync state, that somebody else could have made or changed:
 * a link, one of another owner, one that its group or others may write to. Where the file system
 * knows no POSIX modes only links are refused. Stateless.
 */
final class StateGuard {

  private static final Set<PosixFilePermission> OTHERS_WRITE =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private static final @Nullable UserPrincipal SELF = self();

  private StateGuard() {}

  /**
   * Looks at a path, if it is there.
   *
   * @throws SyncException of kind {@code LOCAL_FILES} if it is refused
   */
  static void check(Path path) throws SyncException {
    try {
      if (Files.isSymbolicLink(path)) {
        throw refused(path, "is a symbolic link", "its real place, named by GOVERNOR_HOME");
      }
      if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
        // Reading a pipe would wait for ever.
        throw refused(
            path, "is neither a file nor a directory", "what this made there, or nothing");
      }
      if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        check(
            path,
            Files.getFileAttributeView(
                    path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes());
      }
    } catch (NoSuchFileException e) {
      // What is not there can be made.
    } catch (IOException e) {
      throw SyncException.localFiles("cannot look at " + path, e);
    }
  }

  private static void check(Path path, PosixFileAttributes found) throws SyncException {
    if (found.permissions().stream().anyMatch(OTHERS_WRITE::contains)) {
      throw refused(
          path, "can be written by others than its owner", "chmod go-w, once it is looked through");
    }
    if (SELF != null && !found.owner().equals(SELF)) {
      throw refused(path, "belongs to somebody else", "one of the user who runs this");
    }
  }

  private static SyncException refused(Path path, String what, String expected) {
    return SyncException.localFiles(
        path + " " + what + ", so it is not used; expected " + expected);
  }

  /** Who runs this, as the owner of what Linux shows of the process; else by name; else unknown. */
  private static @Nullable UserPrincipal self() {
    try {
      return Files.getOwner(Path.of("/proc/self"));
    } catch (IOException | RuntimeException e) {
      return byName();
    }
  }

  private static @Nullable UserPrincipal byName() {
    try {
      String name = System.getProperty("user.name", "");
      return Path.of("/")
          .getFileSystem()
          .getUserPrincipalLookupService()
          .lookupPrincipalByName(name);
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }
}
