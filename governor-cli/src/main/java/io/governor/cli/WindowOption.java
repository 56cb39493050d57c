package io.governor.cli;

import io.governor.sync.SyncException;
import io.governor.sync.TimeWindow;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --window} of every command that counts. */
final class WindowOption {

  @Option(
      names = "--window",
      paramLabel = "START..END",
      description =
          "Take events of that time only: two RFC 3339 instants in whole seconds, the end"
              + " exclusive, or a day (2026-04-14), or a month (2026-04).")
  private @Nullable String window;

  boolean isGiven() {
    return window != null;
  }

  /**
   * The window that was asked for, or null; what is odd about it is told.
   *
   * @throws SyncException if it is no window
   */
  @Nullable TimeWindow read(Terminal terminal) throws SyncException {
    if (window == null) {
      return null;
    }
    TimeWindow asked = TimeWindow.parse(window);
    asked.note().ifPresent(terminal::note);
    return asked;
  }
}
