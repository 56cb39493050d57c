package io.governor.hooks.daemon;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A connection of which nothing is hidden. */
final class RawClient implements AutoCloseable {

  private final SocketChannel channel;

  RawClient(Path root) throws IOException {
    channel =
        SocketChannel.open(UnixDomainSocketAddress.of(root.resolve("run").resolve("hook.sock")));
  }

  RawClient send(String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    return this;
  }

  /** Everything up to the end. */
  String answer() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer piece = ByteBuffer.allocate(4096);
    while (channel.read(piece.clear()) >= 0) {
      all.write(piece.array(), 0, piece.position());
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
