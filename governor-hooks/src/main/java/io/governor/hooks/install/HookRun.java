package io.governor.hooks.install;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A hook's command, run as an agent runs it: by the shell, with a payload on standard input.
 *
 * @param exitCode its exit code; -1 when it did not end in time
 * @param stdout what it printed, at most 1 MiB
 * @param stderr what it said, at most 64 KiB
 * @param took how long it took
 */
public record HookRun(int exitCode, String stdout, String stderr, Duration took) {

  private static final int MOST_PRINTED = 1 << 20;
  private static final int MOST_SAID = 1 << 16;
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /**
   * Runs a command.
   *
   * @param environment the variables it gets, and no others
   * @throws IOException if there is no shell
   */
  public static HookRun of(
      String command, Path folder, Map<String, String> environment, byte[] payload)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command);
    builder.directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    long start = System.nanoTime();
    Process process = builder.start();
    try {
      CompletableFuture<String> out = read(process.getInputStream(), MOST_PRINTED);
      CompletableFuture<String> err = read(process.getErrorStream(), MOST_SAID);
      write(process.getOutputStream(), payload);
      boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      return ended
          ? new HookRun(process.exitValue(), text(out), text(err), took)
          : new HookRun(-1, "", "", took);
    } finally {
      process.destroyForcibly();
    }
  }

  private static CompletableFuture<String> read(InputStream in, int most) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (in) {
            String text = new String(in.readNBytes(most), StandardCharsets.UTF_8);
            in.transferTo(OutputStream.nullOutputStream());
            return text;
          } catch (IOException e) {
            return "";
          }
        },
        task -> {
          Thread thread = new Thread(task, "governor-doctor");
          thread.setDaemon(true);
          thread.start();
        });
  }

  private static void write(OutputStream in, byte[] payload) {
    try (in) {
      in.write(payload);
    } catch (IOException e) {
      // It ended without reading, which its exit code tells.
    }
  }

  private static String text(CompletableFuture<String> text) throws InterruptedException {
    try {
      return text.get(1, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return "";
    }
  }

  /** Sizes only. */
  @Override
  public String toString() {
    return "HookRun[exit " + exitCode + ", " + stdout.length() + " characters]";
  }
}
