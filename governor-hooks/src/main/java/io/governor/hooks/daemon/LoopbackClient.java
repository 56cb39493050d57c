package io.governor.hooks.daemon;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;

/**
 * Asks the daemon over HTTP as an agent's HTTP hook does: on 127.0.0.1 and nowhere else. Never
 * waits longer than five seconds. Stateless.
 */
public final class LoopbackClient {

  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int LONGEST_ANSWER = 1 << 20;

  private LoopbackClient() {}

  /**
   * What came back.
   *
   * @param status of HTTP
   * @param body the text, at most 1 MiB
   */
  public record Answer(int status, String body) {

    /** Sizes only. */
    @Override
    public String toString() {
      return "Answer[" + status + ", " + body.length() + " characters]";
    }
  }

  /**
   * Sends a payload.
   *
   * @param url an address on 127.0.0.1, with its port
   * @throws IOException if the address is another one, or nobody answers in time
   */
  public static Answer post(String url, Map<String, String> headers, byte[] payload)
      throws IOException {
    URI address = address(url);
    InetSocketAddress daemon =
        new InetSocketAddress(
            InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), address.getPort());
    try (Deadlines deadlines = new Deadlines();
        SocketChannel channel = SocketChannel.open()) {
      Future<?> deadline = deadlines.close(channel, LIMIT);
      channel.connect(daemon);
      write(channel, head(address, headers, payload.length));
      write(channel, payload);
      Answer answer = answer(channel);
      deadline.cancel(false);
      return answer;
    }
  }

  private static URI address(String url) throws IOException {
    try {
      URI address = URI.create(url);
      if ("http".equals(address.getScheme())
          && LOOPBACK.equals(address.getHost())
          && address.getPort() > 0) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new IOException("expected an address that begins with http://" + LOOPBACK + ":PORT/");
  }

  private static byte[] head(URI address, Map<String, String> headers, int length) {
    StringBuilder head = new StringBuilder("POST ").append(address.getRawPath());
    head.append(" HTTP/1.1\r\nHost: ").append(LOOPBACK).append(':').append(address.getPort());
    headers.forEach(
        (name, value) -> head.append("\r\n").append(plain(name)).append(": ").append(plain(value)));
    head.append("\r\nContent-Type: application/json\r\nContent-Length: ").append(length);
    return head.append("\r\nConnection: close\r\n\r\n")
        .toString()
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String plain(String text) {
    return text.replace('\r', ' ').replace('\n', ' ');
  }

  private static void write(SocketChannel channel, byte[] bytes) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      channel.write(left);
    }
  }

  private static Answer answer(SocketChannel channel) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer piece = ByteBuffer.allocate(16 << 10);
    while (all.size() <= LONGEST_ANSWER && channel.read(piece.clear()) >= 0) {
      all.write(piece.array(), 0, piece.position());
    }
    String text = all.toString(StandardCharsets.UTF_8);
    int end = text.indexOf("\r\n\r\n");
    String[] start = text.split(" ", 3);
    if (end < 0 || start.length < 3 || !start[0].startsWith("HTTP/1.")) {
      throw new IOException("the answer was cut");
    }
    try {
      return new Answer(Integer.parseInt(start[1]), text.substring(end + 4));
    } catch (NumberFormatException e) {
      throw new IOException("the answer is not HTTP", e);
    }
  }
}
