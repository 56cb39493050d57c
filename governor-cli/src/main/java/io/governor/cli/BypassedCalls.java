package io.governor.cli;

import io.governor.event.AdvisoryFlag;
import io.governor.trace.TraceReader;
import io.governor.trace.TraceSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Calls of an agent that were refused and have a result all the same. Stateless. */
final class BypassedCalls {

  private BypassedCalls() {}

  static long of(Invocation invocation, String agent) throws IOException {
    Path folder = invocation.traces().resolve(agent);
    AtomicLong count = new AtomicLong();
    if (Files.isDirectory(folder)) {
      TraceReader.read(
          TraceSource.of(folder),
          (event, position) -> {
            if (event.flags().contains(AdvisoryFlag.ENFORCEMENT_BYPASSED)) {
              count.incrementAndGet();
            }
            return true;
          });
    }
    return count.get();
  }
}
