package io.governor.hooks.daemon;

import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The socket that a daemon listens on. It takes its place in one step, when it listens already and
 * is for its owner only, so a client finds either a socket that answers or none. Whoever opens it
 * holds the daemon's lock. Confined to one thread.
 */
final class DaemonSocket implements AutoCloseable {

  /** Clients that wait: the system's own bound is usually lower. */
  private static final int BACKLOG = 1024;

  private final Path place;
  private final Path socket;
  private final ServerSocketChannel channel;
  private final Object identity;

  private DaemonSocket(Path place, Path socket, ServerSocketChannel channel, Object identity) {
    this.place = place;
    this.socket = socket;
    this.channel = channel;
    this.identity = identity;
  }

  /**
   * Opens it. What a dead daemon left in its place is replaced.
   *
   * @throws IOException if it cannot be opened, or a living daemon listens there without the lock
   */
  static DaemonSocket open(RunFolder folder) throws IOException {
    Path socket = folder.socketToBind();
    refuseIfAnswered(socket);
    Path fresh = socket.resolveSibling(".new");
    Files.deleteIfExists(fresh);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(fresh), BACKLOG);
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
      Object identity = identity(fresh);
      Files.move(
          fresh, socket, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      link(folder.socket(), socket);
      return new DaemonSocket(folder.socket(), socket, channel, identity);
    } catch (IOException | RuntimeException e) {
      channel.close();
      Files.deleteIfExists(fresh);
      throw e;
    }
  }

  private static void refuseIfAnswered(Path socket) throws IOException {
    if (Files.notExists(socket)) {
      return;
    }
    try {
      SocketChannel.open(UnixDomainSocketAddress.of(socket)).close();
    } catch (SocketException e) {
      // Nobody listens: what lies there is a dead daemon's.
      return;
    }
    throw new IOException("another process listens on " + socket + " without holding the lock");
  }

  private static void link(Path place, Path socket) throws IOException {
    if (place.equals(socket)) {
      return;
    }
    Path fresh = place.resolveSibling(".link");
    Files.deleteIfExists(fresh);
    Files.createSymbolicLink(fresh, socket);
    Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  ServerSocketChannel channel() {
    return channel;
  }

  /**
   * Lets nobody connect any more. Whoever has connected waits in the queue still.
   *
   * @throws IOException if that cannot be done
   */
  void hide() throws IOException {
    if (isOurs()) {
      Files.move(socket, hidden(), StandardCopyOption.REPLACE_EXISTING);
      Files.deleteIfExists(place);
    }
  }

  /** Wakes who accepts, with a connection of our own behind all others. */
  void wake() throws IOException {
    SocketChannel.open(UnixDomainSocketAddress.of(hidden())).close();
  }

  private Path hidden() {
    return socket.resolveSibling(".ending");
  }

  private boolean isOurs() throws IOException {
    return Files.exists(socket, LinkOption.NOFOLLOW_LINKS) && identity.equals(identity(socket));
  }

  /** Stops listening, and clears the place unless someone else has taken it. */
  @Override
  public void close() throws IOException {
    if (isOurs()) {
      Files.deleteIfExists(place);
      Files.deleteIfExists(socket);
    }
    Files.deleteIfExists(hidden());
    channel.close();
  }

  private static Object identity(Path path) throws IOException {
    return String.valueOf(Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS));
  }
}
