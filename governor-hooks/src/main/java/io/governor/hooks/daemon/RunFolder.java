package io.governor.hooks.daemon;

import io.governor.file.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * {@code run} below the state root, where the daemon's socket, lock and notes lie: for its owner
 * only, and refused when it is a link, someone else's, or open to others. Stateless.
 *
 * <p>A socket's path has at most {@value #LONGEST_SOCKET_PATH} bytes on every system we know (104
 * with its end on macOS, 108 on Linux). Where the state root is deeper than that, the socket lies
 * in a folder of its own with a short name, and {@code run} holds a link to it: a client that
 * changes to {@code run} first needs the name {@value #SOCKET} and nothing else.
 */
final class RunFolder {

  static final String SOCKET = "hook.sock";

  /** Shorter by some than the least limit: the socket is bound beside its place and moved. */
  static final int LONGEST_SOCKET_PATH = 99;

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private final Path folder;
  private final Map<String, String> environment;

  private RunFolder(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /**
   * The folder of a state root; nothing is created.
   *
   * @param environment {@code XDG_RUNTIME_DIR} is looked at, for a socket with a short path
   */
  static RunFolder of(Path stateRoot, Map<String, String> environment) {
    return new RunFolder(stateRoot.toAbsolutePath().normalize().resolve("run"), environment);
  }

  /**
   * Creates what is missing.
   *
   * @throws IOException if it cannot be created or cannot be trusted
   */
  void create() throws IOException {
    OwnerOnly.createDirectories(folder);
    refuseUnlessOurs(folder);
  }

  Path lock() {
    return folder.resolve("daemon.lock");
  }

  Path pid() {
    return folder.resolve("daemon.pid");
  }

  Path token() {
    return folder.resolve("http-token");
  }

  Path port() {
    return folder.resolve("http-port");
  }

  /** Where clients find the socket, or a link to it. */
  Path socket() {
    return folder.resolve(SOCKET);
  }

  /** Where the socket lies, its path short enough for the system; the folder is not created. */
  Path shortSocket() {
    return isShort(socket()) ? socket() : fallback().resolve(SOCKET);
  }

  /**
   * As {@link #shortSocket}, its folder created and checked.
   *
   * @throws IOException if there is no folder with a path short enough that is ours alone
   */
  Path socketToBind() throws IOException {
    Path socket = shortSocket();
    if (!isShort(socket)) {
      throw new FileSystemException(
          socket.toString(),
          null,
          "the path of the socket is too long: expected a state root, or XDG_RUNTIME_DIR, of fewer"
              + " characters");
    }
    Path parent = Objects.requireNonNull(socket.getParent());
    if (!parent.equals(folder)) {
      OwnerOnly.createDirectories(parent);
      refuseUnlessOurs(parent);
    }
    return socket;
  }

  private static boolean isShort(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_SOCKET_PATH;
  }

  private Path fallback() {
    CRC32 hash = new CRC32();
    hash.update(folder.toString().getBytes(StandardCharsets.UTF_8));
    String name = "governor-" + Long.toHexString(hash.getValue());
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    Path inRuntime = runtime.startsWith("/") ? Path.of(runtime, name) : null;
    return inRuntime != null
            && isShort(inRuntime.resolve(SOCKET))
            && Files.isDirectory(parent(inRuntime))
        ? inRuntime
        : Path.of("/tmp", name + "-" + System.getProperty("user.name", "user"));
  }

  private static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent());
  }

  private static void refuseUnlessOurs(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(
          folder.toString(), null, "expected a folder, and no link to one");
    }
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    UserPrincipal owner = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS);
    if (!owner.equals(ourselves(folder))) {
      throw new FileSystemException(
          folder.toString(),
          null,
          "expected a folder of our own: it belongs to " + owner.getName());
    }
    if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS))) {
      throw new FileSystemException(
          folder.toString(), null, "expected a folder for its owner only: chmod 700 mends it");
    }
  }

  /** Who owns what we create: the name that Java has may be another one in a container. */
  private static UserPrincipal ourselves(Path folder) throws IOException {
    Path probe = Files.createTempFile(folder, ".probe", "");
    try {
      return Files.getOwner(probe, LinkOption.NOFOLLOW_LINKS);
    } finally {
      Files.delete(probe);
    }
  }
}
