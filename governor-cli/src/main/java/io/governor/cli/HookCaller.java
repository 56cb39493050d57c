package io.governor.cli;

import io.governor.hooks.daemon.LoopbackClient;
import io.governor.hooks.install.HookRun;
import io.governor.hooks.install.InstalledHttpHook;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells a hook of a call, as its agent would. */
interface HookCaller {

  /** What the hook answered; where it could not be asked, an exit code of 1 with the reason. */
  HookRun call(Path folder, byte[] payload) throws IOException, InterruptedException;

  /** What is asked, for a person. */
  String name();

  /** A command, run by the shell with what an agent hands on of these variables. */
  static HookCaller command(String command, Map<String, String> variables) {
    // Without the state root that this command was told: the agent's hooks are not.
    Map<String, String> environment = new LinkedHashMap<>(variables);
    environment.keySet().removeIf(name -> name.startsWith("GOVERNOR_"));
    return new HookCaller() {
      @Override
      public HookRun call(Path folder, byte[] payload) throws IOException, InterruptedException {
        return HookRun.of(command, folder, environment, payload);
      }

      @Override
      public String name() {
        return command;
      }
    };
  }

  /** An address on loopback. */
  static HookCaller http(InstalledHttpHook hook) {
    return new HookCaller() {
      @Override
      public HookRun call(Path folder, byte[] payload) {
        long start = System.nanoTime();
        try {
          LoopbackClient.Answer answer = LoopbackClient.post(hook.url(), hook.headers(), payload);
          boolean answered = answer.status() == 200 || answer.status() == 204;
          String problem = answered ? "" : "HTTP status " + answer.status();
          return new HookRun(answered ? 0 : 1, answer.body(), problem, since(start));
        } catch (IOException e) {
          return new HookRun(
              1, "", "nobody answers there: governor daemon start mends it", since(start));
        }
      }

      @Override
      public String name() {
        return hook.url();
      }
    };
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
