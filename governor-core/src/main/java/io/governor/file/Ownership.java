package io.governor.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses files that somebody else could have made or changed. Links are looked at, not followed.
 * Where the file system knows no POSIX modes, modes and owners refuse nothing. Stateless.
 */
public final class Ownership {

  private static final Set<PosixFilePermission> OTHERS_WRITE =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
  private static final Set<PosixFilePermission> OTHERS_ENTER =
      Set.of(PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);

  private static final Set<PosixFilePermission> OWNERS =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private Ownership() {}

  /**
   * For a file that a person may have put where it is: its folder must not be open to the writing
   * of others, nor the file itself where they can reach it, and its owner must be the folder's or
   * the superuser.
   *
   * @throws FileSystemException if it is refused; its reason says what is expected
   * @throws IOException if it cannot be looked at
   */
  public static void refuseIfOthersCanWrite(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !hasModes(file)) {
      return;
    }
    PosixFileAttributes around = Files.readAttributes(folder, PosixFileAttributes.class);
    PosixFileAttributes own = attributes(file);
    if (othersCanWrite(around)) {
      throw refused(folder, "expected a directory that only its owner can write to: chmod go-w");
    }
    boolean reachable = !Collections.disjoint(OTHERS_ENTER, around.permissions());
    if (reachable && othersCanWrite(own)) {
      throw refused(file, "expected a file that only its owner can write to: chmod go-w");
    }
    if (!own.owner().equals(around.owner()) && !own.owner().getName().equals("root")) {
      throw refused(file, "expected a file of the user whose directory it is in");
    }
  }

  /**
   * For a file or directory that only this product makes: it must be one, no link, of the user who
   * runs this, and closed to the writing of others. What is not there can be made, and is not
   * refused.
   *
   * @throws FileSystemException if it is refused; its reason goes on where the path ends
   * @throws IOException if it cannot be looked at
   */
  public static void refuseUnlessOwn(Path path) throws IOException {
    try {
      refuseUnlessFileOrDirectory(path);
      if (hasModes(path)) {
        refuseUnlessOwn(path, attributes(path));
      }
    } catch (NoSuchFileException e) {
      // What is not there can be made.
    }
  }

  /**
   * As {@link #refuseUnlessOwn}, and closed to the reading of others too: for a secret.
   *
   * @throws FileSystemException if it is refused; its reason goes on where the path ends
   * @throws IOException if it cannot be looked at, or is not there
   */
  public static void refuseUnlessSecret(Path file) throws IOException {
    refuseUnlessOwn(file);
    if (hasModes(file) && !OWNERS.containsAll(attributes(file).permissions())) {
      throw refused(
          file,
          "can be read by others than its owner, so it is not used; expected chmod 600, and another"
              + " secret if they have");
    }
  }

  private static void refuseUnlessFileOrDirectory(Path path) throws IOException {
    BasicFileAttributes found =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (found.isSymbolicLink()) {
      throw refused(
          path, "is a symbolic link, so it is not used; expected the file or directory itself");
    }
    if (!found.isRegularFile() && !found.isDirectory()) {
      // Reading a pipe would wait for ever.
      throw refused(
          path,
          "is neither a file nor a directory, so it is not used; expected what this made there,"
              + " or nothing");
    }
  }

  private static void refuseUnlessOwn(Path path, PosixFileAttributes found) throws IOException {
    if (othersCanWrite(found)) {
      throw refused(
          path,
          "can be written by others than its owner, so it is not used; expected chmod go-w, once"
              + " it is looked through");
    }
    if (User.SELF != null && !found.owner().equals(User.SELF)) {
      throw refused(
          path,
          "belongs to somebody else, so it is not used; expected one of the user who runs this");
    }
  }

  private static boolean othersCanWrite(PosixFileAttributes found) {
    return !Collections.disjoint(OTHERS_WRITE, found.permissions());
  }

  private static boolean hasModes(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static PosixFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static FileSystemException refused(Path path, String reason) {
    return new FileSystemException(path.toString(), null, reason);
  }

  /** Found out when it is first asked for. */
  private static final class User {

    /** Who runs this, as the owner of what Linux shows of the process; else by name. */
    static final @Nullable UserPrincipal SELF = self();

    private static @Nullable UserPrincipal self() {
      try {
        return Files.getOwner(Path.of("/proc/self"));
      } catch (IOException | RuntimeException e) {
        return byName();
      }
    }

    private static @Nullable UserPrincipal byName() {
      try {
        return Path.of("/")
            .getFileSystem()
            .getUserPrincipalLookupService()
            .lookupPrincipalByName(System.getProperty("user.name", ""));
      } catch (IOException | RuntimeException e) {
        return null;
      }
    }
  }
}
