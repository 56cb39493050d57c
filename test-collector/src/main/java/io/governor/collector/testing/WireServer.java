package io.governor.collector.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A server on a free port of this machine that holds one {@link Conversation} per connection and
 * keeps everything it reads. Safe to share between threads; its own threads end when it is closed.
 */
public final class WireServer implements AutoCloseable {

  private final ServerSocket listening;
  private final String scheme;
  private final Layer layer;
  private final Conversation conversation;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<Connection> connections = new CopyOnWriteArrayList<>();

  /** What happens to a connection before the conversation. */
  private interface Layer {
    Socket over(Socket socket) throws IOException;
  }

  private WireServer(String scheme, Layer layer, Conversation conversation) {
    this.listening = listen();
    this.scheme = scheme;
    this.layer = layer;
    this.conversation = conversation;
    thread("accept", this::accept);
  }

  private static ServerSocket listen() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException("no free port", e);
    }
  }

  /** A server without TLS. */
  public static WireServer plain(Conversation conversation) {
    return new WireServer("http", socket -> socket, conversation);
  }

  /**
   * A server with TLS.
   *
   * @param protocols the only versions it speaks, such as {@code TLSv1.3}; none for Java's choice
   */
  public static WireServer tls(
      TestIdentity identity, Conversation conversation, String... protocols) {
    SSLSocketFactory factory = identity.context().getSocketFactory();
    return new WireServer(
        "https",
        socket -> {
          SSLSocket tls = (SSLSocket) factory.createSocket(socket, null, -1, true);
          tls.setUseClientMode(false);
          if (protocols.length > 0) {
            tls.setEnabledProtocols(protocols);
          }
          tls.startHandshake();
          return tls;
        },
        conversation);
  }

  /** Where it listens, such as {@code https://127.0.0.1:40123}. */
  public String address() {
    return address("127.0.0.1");
  }

  /** The same under another name for this machine. */
  public String address(String host) {
    return scheme + "://" + host + ":" + port();
  }

  /** The port it listens on. */
  public int port() {
    return listening.getLocalPort();
  }

  /** Every connection whose handshake, if any, came to an end, in the order they came. */
  public List<Connection> connections() {
    return List.copyOf(connections);
  }

  /** How often somebody connected, be it without a word. */
  public int knocks() {
    return sockets.size();
  }

  /** Everything ever read, decrypted, one connection after the other; a character per byte. */
  public String received() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    connections.forEach(connection -> all.writeBytes(connection.received()));
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        sockets.add(socket);
        thread("connection", () -> serve(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket socket) {
    // The socket below TLS is what is closed in the end: nothing that the client does not read, or
    // does not say, can keep that from happening.
    try (socket) {
      Socket top = layer.over(socket);
      Connection connection = new Connection(top, closed);
      connections.add(connection);
      conversation.hold(connection);
      top.shutdownOutput();
    } catch (IOException e) {
      // The client is gone, or does not want to talk to such a server.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void thread(String name, Runnable work) {
    Thread thread = new Thread(work, "test-server-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      listening.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a socket that cannot be closed", e);
    }
  }
}
