package io.governor.mcp;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Events on their way to a client over HTTP: as they came, ids included, where nothing changed. */
final class ClientEvents implements EventSink {

  private static final byte[] NOTHING = new byte[0];

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
  public void flush() throws IOException {
    client.flush();
  }
}
