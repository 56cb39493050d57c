package io.governor.mcp;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where the events of a server go. */
interface EventSink {

  /**
   * An event came and was judged.
   *
   * @param event as it came
   * @param onward what may go on of its message; null when nothing may, or it has none
   */
  void accept(ServerEvent event, byte @Nullable [] onward) throws IOException;

  /**
   * An event with a large answer begins that goes on as it comes.
   *
   * @param head as it came, up to the answer
   * @return where the answer goes; closed at its end, whole or not
   */
  LargeAnswer.Out large(byte[] head) throws IOException;

  /** A large answer could not go on to its end: a message in its place. */
  void instead(byte[] message) throws IOException;

  /** All that came at once was handed over. */
  void flush() throws IOException;
}
