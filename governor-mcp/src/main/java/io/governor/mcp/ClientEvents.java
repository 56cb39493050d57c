package io.governor.mcp;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Events on their way to a client over HTTP: as they came, ids included, where nothing changed. */
final class ClientEvents implements EventSink {

  private static final byte[] NOTHING = new byte[0];
  private static final byte[] DATA = "data:\n".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream client;

  ClientEvents(OutputStream client) {
    this.client = client;
  }

  @Override
  public void accept(ServerEvent event, byte @Nullable [] onward) throws IOException {
    byte[] data = event.data();
    if (data == null || Arrays.equals(data, onward)) {
      client.write(event.raw());
    } else {
      // What goes nowhere leaves its id, for a client that resumes from there.
      client.write(event.withData(onward == null ? NOTHING : onward));
    }
  }

  @Override
  public LargeAnswer.Out large(byte[] head) throws IOException {
    client.write(head);
    return new LargeAnswer.Out() {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        client.write(bytes, from, length);
      }

      @Override
      public void close() throws IOException {
        client.write('\n');
      }
    };
  }

  /** The event that was begun ends here, and holds no message. */
  @Override
  public void instead(byte[] message) throws IOException {
    client.write('\n');
    client.write(new ServerEvent(DATA).withData(message));
    client.write('\n');
  }

  @Override
  public void flush() throws IOException {
    client.flush();
  }
}
