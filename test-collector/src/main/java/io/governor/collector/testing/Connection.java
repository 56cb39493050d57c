package io.governor.collector.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * One connection as a server sees it, decrypted. Everything that is read is kept. For one thread,
 * but {@link #received} may be called by any.
 */
public final class Connection {

  private static final int LONGEST_HEAD = 64 << 10;
  private static final int LONGEST_BODY = 8 << 20;

  private final Socket socket;
  private final CountDownLatch serverClosed;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();

  Connection(Socket socket, CountDownLatch serverClosed) {
    this.socket = socket;
    this.serverClosed = serverClosed;
  }

  /** Everything read so far. */
  public byte[] received() {
    synchronized (received) {
      return received.toByteArray();
    }
  }

  /** The next byte, or -1 at the end. */
  public int read() throws IOException {
    InputStream in = socket.getInputStream();
    int next = in.read();
    if (next >= 0) {
      synchronized (received) {
        received.write(next);
      }
    }
    return next;
  }

  /** Reads to the end of what the client sends, for as long as it sends. */
  public void readToEnd() throws IOException {
    while (read() >= 0) {
      // Kept by read.
    }
  }

  /**
   * The next request, or nothing when the client sends no other.
   *
   * @throws IOException also when it is no HTTP/1.1 with a content length
   */
  public Optional<ReceivedRequest> request() throws IOException {
    String head = head();
    if (head.isEmpty()) {
      return Optional.empty();
    }
    String[] lines = head.strip().split("\r\n", -1);
    String[] first = lines[0].split(" ", -1);
    if (first.length != 3 || !first[2].equals("HTTP/1.1")) {
      throw new SocketException("not a request line of HTTP/1.1");
    }
    Map<String, String> headers = headers(lines);
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    if (length > LONGEST_BODY || headers.containsKey("transfer-encoding")) {
      throw new SocketException("a body of an unexpected length");
    }
    return Optional.of(new ReceivedRequest(first[0], first[1], headers, head, body(length)));
  }

  private String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
      int next = read();
      if (next < 0) {
        return "";
      }
      if (head.append((char) next).length() > LONGEST_HEAD) {
        throw new SocketException("a head of an unexpected length");
      }
    }
    return head.toString();
  }

  private static Map<String, String> headers(String[] lines) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      String name = lines[i].substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
      if (name.isEmpty() || headers.put(name, lines[i].substring(colon + 1).strip()) != null) {
        throw new SocketException("a header without name, or twice");
      }
    }
    return headers;
  }

  private byte[] body(int length) throws IOException {
    byte[] body = new byte[length];
    for (int i = 0; i < length; i++) {
      int next = read();
      if (next < 0) {
        throw new SocketException("a body that ends early");
      }
      body[i] = (byte) next;
    }
    return body;
  }

  /** Sends bytes as they are. */
  public void write(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  /** Sends ASCII text as it is. */
  public void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Answers with JSON, and keeps the connection. */
  public void answer(int status, String json) throws IOException {
    answer(status, Map.of("Content-Type", "application/json"), json);
  }

  /** Answers, and keeps the connection. */
  public void answer(int status, Map<String, String> headers, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Answer\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    if (status != 204) {
      head.append("Content-Length: " + bytes.length + "\r\n");
    }
    byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    byte[] whole = new byte[start.length + bytes.length];
    System.arraycopy(start, 0, whole, 0, start.length);
    System.arraycopy(bytes, 0, whole, start.length, bytes.length);
    write(whole);
  }

  /** Says nothing more until the server is closed. */
  public void stall() throws InterruptedException {
    serverClosed.await();
  }
}
