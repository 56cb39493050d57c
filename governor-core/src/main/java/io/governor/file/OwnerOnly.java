package io.governor.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Creates files and directories that only their owner can use, from the first instant: the mode is
 * part of the call that creates them and never changed afterwards. Where the file system knows no
 * POSIX modes, an access list that names the owner alone; where it knows neither, what the platform
 * gives. Stateless.
 */
public final class OwnerOnly {

  /** How the name of a file ends until it is whole and takes the place of another one. */
  public static final String TEMPORARY = ".tmp";

  private static final Set<PosixFilePermission> FILE_MODE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> DIRECTORY_MODE =
      PosixFilePermissions.fromString("rwx------");

  private OwnerOnly() {}

  /** Creates the directory and its missing parents; existing ones stay as they are. */
  public static void createDirectories(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null) {
      createDirectories(parent);
    }
    try {
      Files.createDirectory(directory, attributes(directory, DIRECTORY_MODE));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory)) {
        throw e;
      }
    }
  }

  /**
   * Creates an empty file.
   *
   * @throws FileAlreadyExistsException if something of that name exists, a dangling link included
   */
  public static void createFile(Path file) throws IOException {
    Files.createFile(file, attributes(file, FILE_MODE));
  }

  /**
   * Opens a new file, to read and to write, that is deleted when it is closed or the process ends,
   * however it does. Where the system lets a file be used that has no name any more, it loses its
   * name at once.
   */
  public static FileChannel openTemporary(Path directory) throws IOException {
    Path file = directory.resolve("governor-" + random() + ".tmp");
    return FileChannel.open(
        file,
        Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE,
            LinkOption.NOFOLLOW_LINKS),
        attributes(file, FILE_MODE));
  }

  /** Creates the file unless it exists; refuses to follow a link. */
  public static void ensureFile(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      createFile(file);
    } catch (FileAlreadyExistsException e) {
      // Another process was quicker; the file is there, which is all that was asked.
    }
  }

  /**
   * Replaces the file's contents in one step: a reader sees the old bytes or the new ones. The
   * bytes are forced to the disk before the file takes its name.
   */
  public static void replace(Path file, byte[] contents) throws IOException {
    replace(file, contents, true);
  }

  /** As {@link #replace(Path, byte[])} without forcing: for caches that can be rebuilt. */
  public static void replaceCache(Path file, byte[] contents) throws IOException {
    replace(file, contents, false);
  }

  private static String random() {
    return HexFormat.of().formatHex(SystemRandom.bytes(16));
  }

  private static void replace(Path file, byte[] contents, boolean force) throws IOException {
    Path temporary = file.resolveSibling("." + file.getFileName() + "." + random() + TEMPORARY);
    createFile(temporary);
    boolean moved = false;
    try {
      // A stream from here, unlike a channel, is not closed by an interrupt.
      try (OutputStream out =
          Files.newOutputStream(temporary, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
        out.write(contents);
      } catch (FileSystemException e) {
        throw e;
      } catch (IOException e) {
        throw named(file, e); // a disk that is full, and no word of where
      }
      if (force) {
        Forcing.file(temporary);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      moved = true;
    } finally {
      if (!moved) {
        Files.deleteIfExists(temporary);
      }
    }
    if (force) {
      Forcing.directory(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    }
  }

  private static FileSystemException named(Path file, IOException failure) {
    FileSystemException named =
        new FileSystemException(file.toString(), null, String.valueOf(failure.getMessage()));
    named.initCause(failure);
    return named;
  }

  private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> mode)
      throws IOException {
    if (supports(path, PosixFileAttributeView.class)) {
      return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)};
    }
    return supports(path, AclFileAttributeView.class)
        ? new FileAttribute<?>[] {ownerAcl(path)}
        : new FileAttribute<?>[0];
  }

  private static boolean supports(
      Path path, Class<? extends java.nio.file.attribute.FileAttributeView> view)
      throws IOException {
    if (view == PosixFileAttributeView.class) {
      return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
    FileStore store = Files.getFileStore(existing(path));
    return store.supportsFileAttributeView(view);
  }

  private static Path existing(Path path) throws IOException {
    for (Path p = path.toAbsolutePath(); p != null; p = p.getParent()) {
      if (Files.exists(p)) {
        return p;
      }
    }
    throw new NoSuchFileException(path.toString());
  }

  private static FileAttribute<List<AclEntry>> ownerAcl(Path path) throws IOException {
    UserPrincipal owner =
        path.getFileSystem()
            .getUserPrincipalLookupService()
            .lookupPrincipalByName(System.getProperty("user.name"));
    List<AclEntry> entries =
        List.of(
            AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(owner)
                .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                .build());
    return new FileAttribute<>() {
      @Override
      public String name() {
        return "acl:acl";
      }

      @Override
      public List<AclEntry> value() {
        return entries;
      }
    };
  }
}
