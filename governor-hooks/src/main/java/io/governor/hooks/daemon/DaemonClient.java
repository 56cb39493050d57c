package io.governor.hooks.daemon;

import io.governor.file.ProcessLock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Asks the daemon of a state root. Never waits longer than a few seconds, and starts nothing. Safe
 * for use by several threads.
 */
public final class DaemonClient {

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int LONGEST_ANSWER = 64 << 20;

  private final RunFolder folder;

  private DaemonClient(RunFolder folder) {
    this.folder = folder;
  }

  /** A client of the daemon of that state root, as this process's environment has it. */
  public static DaemonClient of(Path stateRoot) {
    return of(stateRoot, System.getenv());
  }

  static DaemonClient of(Path stateRoot, Map<String, String> environment) {
    return new DaemonClient(RunFolder.of(stateRoot, environment));
  }

  /** What the daemon says of itself, or null when none answers in our language. */
  public @Nullable DaemonStatus status() {
    return statusOf("GET " + Router.STATUS);
  }

  /** Asks it to end; the answer is what it was, or null when none answers. */
  public @Nullable DaemonStatus stop() {
    return statusOf("POST " + Router.STOP);
  }

  /** What came of {@link #end}. */
  public enum End {
    /** There was none. */
    NONE,
    /** It has ended, and given everything back. */
    STOPPED,
    /** It is there still. */
    STAYS
  }

  /**
   * Asks the daemon to end and waits until it has; one that does not answer gets the signal to end.
   *
   * @throws IOException if the state root cannot be used
   */
  public End end(Duration bound) throws IOException {
    if (!Files.exists(folder.lock())) {
      return End.NONE;
    }
    ProcessLock free = ProcessLock.tryAcquire(folder.lock());
    if (free != null) {
      free.close();
      return End.NONE;
    }
    if (stop() == null) {
      signal();
    }
    try {
      ProcessLock.await(folder.lock(), bound).close();
      return End.STOPPED;
    } catch (IOException e) {
      return End.STAYS;
    }
  }

  /** The lock is held, so the number is that of its holder. */
  private void signal() throws IOException {
    try {
      long pid = Long.parseLong(Files.readString(folder.pid()).strip());
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    } catch (NumberFormatException e) {
      // It is just starting.
    }
  }

  /**
   * Has a payload answered, as a hook would: what {@code curl} would print.
   *
   * @throws IOException if no daemon answers in time
   */
  public String hook(String agent, byte[] payload) throws IOException {
    return new String(ask("POST " + Router.HOOK + agent, payload), StandardCharsets.UTF_8);
  }

  private @Nullable DaemonStatus statusOf(String request) {
    try {
      return DaemonStatus.read(ask(request, new byte[0]));
    } catch (IOException e) {
      return null;
    }
  }

  private byte[] ask(String request, byte[] body) throws IOException {
    byte[] head =
        (request
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                + body.length
                + "\r\nConnection: close\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    try (Deadlines deadlines = new Deadlines();
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
      Future<?> deadline = deadlines.close(channel, LIMIT);
      write(channel, ByteBuffer.wrap(head));
      write(channel, ByteBuffer.wrap(body));
      byte[] answer = read(channel);
      deadline.cancel(false);
      return body(answer);
    }
  }

  /** The link is followed by hand: through it the path would be too long again. */
  private Path socket() throws IOException {
    Path place = folder.socket();
    if (!Files.isSymbolicLink(place)) {
      return place;
    }
    Path target = Files.readSymbolicLink(place);
    if (!Files.getOwner(target, LinkOption.NOFOLLOW_LINKS)
        .equals(Files.getOwner(place, LinkOption.NOFOLLOW_LINKS))) {
      throw new IOException("the socket is not ours");
    }
    return target;
  }

  private static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static byte[] read(SocketChannel channel) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer piece = ByteBuffer.allocate(16 << 10);
    while (channel.read(piece.clear()) >= 0) {
      all.write(piece.array(), 0, piece.position());
      if (all.size() > LONGEST_ANSWER) {
        throw new IOException("the answer is too long");
      }
    }
    return all.toByteArray();
  }

  private static byte[] body(byte[] answer) throws IOException {
    for (int i = 3; i < answer.length; i++) {
      if (answer[i - 3] == '\r'
          && answer[i - 2] == '\n'
          && answer[i - 1] == '\r'
          && answer[i] == '\n') {
        return Arrays.copyOfRange(answer, i + 1, answer.length);
      }
    }
    throw new IOException("the answer was cut");
  }
}
