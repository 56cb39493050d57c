package io.governor.hooks.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyClientsTest {

  private static final int CLIENTS = 32;
  private static final int CALLS = 100;

  @TempDir Path root;

  @Test
  void noCallIsLostAndNoneIsAnsweredForAnother() throws Exception {
    try (Running running = Running.start(root)) {
      ExecutorService pool = Executors.newFixedThreadPool(CLIENTS);
      try {
        List<Future<Integer>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
          int id = client;
          clients.add(pool.submit(() -> rightAnswers(running, id)));
        }
        int right = 0;
        for (Future<Integer> client : clients) {
          right += client.get();
        }
        assertThat(right).isEqualTo(CLIENTS * CALLS);
      } finally {
        pool.shutdown();
      }
      assertThat(running.echo.seen).hasSize(CLIENTS * CALLS).containsValue(1);
      assertThat(running.echo.seen.values()).containsOnly(1);
      assertThat(running.client.status()).isNotNull();
    }
  }

  /** Whoever has connected is answered, be it that the daemon ends for a new version. */
  @Test
  void aDaemonThatEndsAnswersAllWhoHaveConnected() throws Exception {
    for (int round = 0; round < 10; round++) {
      ExecutorService pool = Executors.newFixedThreadPool(CLIENTS);
      try (Running running = Running.start(root)) {
        List<Future<String>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
          clients.add(pool.submit(() -> untilNobodyListens(running)));
        }
        running.client.stop();
        for (Future<String> client : clients) {
          assertThat(client.get()).isIn("Connection refused", "No such file or directory");
        }
        assertThat(running.ended()).isEqualTo(HookDaemon.Ended.SERVED);
      } finally {
        pool.shutdown();
      }
    }
  }

  private static String untilNobodyListens(Running running) {
    while (true) {
      try {
        running.client.hook("claude-code", new byte[] {'x'});
      } catch (IOException e) {
        return String.valueOf(e.getMessage());
      }
    }
  }

  private static int rightAnswers(Running running, int client) throws Exception {
    int right = 0;
    for (int call = 0; call < CALLS; call++) {
      String payload = "{\"client\": " + client + ", \"call\": " + call + "}";
      String answer = running.client.hook("claude-code", payload.getBytes(StandardCharsets.UTF_8));
      right += answer.equals("governor-hook/1 0\n\n" + payload + "\n.") ? 1 : 0;
    }
    return right;
  }
}
