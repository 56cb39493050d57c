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

  /** All that came at once was handed over. */
  void flush() throws IOException;
}
