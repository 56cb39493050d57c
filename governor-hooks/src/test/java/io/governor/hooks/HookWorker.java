package io.governor.hooks;

import io.governor.Governor;
import io.governor.trace.SessionTrace;
import io.governor.trace.TraceDirectory;
import io.governor.trace.TraceStore.Sharing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What runs in the processes that {@link HookProcessesTest} starts. */
final class HookWorker {

  private HookWorker() {}

  public static void main(String[] arguments) throws IOException {
    Path stateRoot = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "hook" -> System.exit(hook(stateRoot, System.in));
      case "many" -> many(stateRoot, arguments[2], Integer.parseInt(arguments[3]));
      case "hold" -> hold(stateRoot);
      case "exclusive" -> exclusive(stateRoot).close();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static int hook(Path stateRoot, InputStream payload) {
    return new HookCommand()
        .run("claude-code", payload, System.out, System.err, stateRoot, System.getenv());
  }

  /** Many hooks, once the parent says so. */
  private static void many(Path stateRoot, String worker, int count) throws IOException {
    signal();
    for (int i = 0; i < count; i++) {
      String payload =
          HookBench.before(HookBench.SESSION, "Read", "{}", "call-" + worker + "-" + i);
      hook(stateRoot, new ByteArrayInputStream(payload.getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** Takes the session's trace and never gives it back. */
  private static void hold(Path stateRoot) throws IOException {
    SessionTrace trace =
        TraceDirectory.at(stateRoot).open("claude-code", HookBench.SESSION, Sharing.SHARED);
    trace.begin();
    signal();
  }

  /** A governor with a session that it shares with nobody, already on record. */
  static Governor exclusive(Path stateRoot) {
    Governor governor = Governor.builder().stateRoot(stateRoot).build();
    governor.session().id(HookBench.SESSION).open().start();
    return governor;
  }

  /** Tells the parent that this process is there, and waits for its answer. */
  private static void signal() throws IOException {
    System.out.write('!');
    System.out.flush();
    if (System.in.read() < 0) {
      throw new IOException("the parent went away");
    }
  }
}
