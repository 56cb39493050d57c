package io.governor.hooks.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.hooks.daemon.HookDaemon.Ended;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HookDaemonTest {

  @TempDir Path temp;
  private Path root;
  private final List<Running> started = new ArrayList<>();

  @BeforeEach
  void placeTheRoot() {
    root = temp.resolve("r");
  }

  @AfterEach
  void stopAll() throws Exception {
    for (Running running : started) {
      running.echo.go.countDown();
      running.close();
    }
  }

  private Running start() {
    return kept(Running.start(root));
  }

  private Running kept(Running running) {
    started.add(running);
    return running;
  }

  private static String hook(Running running, String payload) throws IOException {
    return running.client.hook("claude-code", payload.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      textBlock =
          """
          {"a": 1}             | governor-hook/1 0~~{"a": 1}~.
          silence              | governor-hook/1 0~~~.
          remark               | governor-hook/1 0~a word or two~~.
          exit 2 not allowed   | governor-hook/1 2~not allowed~~.
          exit 9               | governor-hook/1 -~the answer has an exit code that means nothing: 9~~.
          throw                | governor-hook/1 -~internal error IllegalStateException~~.
          variable LD_PRELOAD  | governor-hook/1 0~~null~.
          """)
  void aPayloadIsAnsweredInAFormThatAShellTakesApart(String payload, String expected)
      throws Exception {
    assertThat(hook(start(), payload)).isEqualTo(expected.replace('~', '\n'));
  }

  @Test
  void everythingOfItIsForItsOwnerOnly() throws Exception {
    start();
    Path run = root.resolve("run");

    assertThat(mode(run)).isEqualTo("rwx------");
    assertThat(mode(run.resolve("hook.sock"))).isEqualTo("rw-------");
    assertThat(mode(run.resolve("daemon.lock"))).isEqualTo("rw-------");
    assertThat(mode(run.resolve("daemon.pid"))).isEqualTo("rw-------");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void theProjectsFolderIsAllThatAClientMaySayOfItsEnvironment() throws Exception {
    Running running = kept(Running.start(root, Running.SETTINGS, "1", Map.of("USER", "pat")));

    assertThat(ask("Governor-Variable: CLAUDE_PROJECT_DIR=/a/ü", "variable CLAUDE_PROJECT_DIR"))
        .contains("\n\n/a/\u00fc\n.");
    assertThat(ask("Governor-Variable: USER=root", "variable USER")).contains("\n\npat\n.");
    assertThat(running.echo.answered).hasValue(2);
  }

  private String ask(String field, String body) throws IOException {
    try (RawClient client = new RawClient(root)) {
      byte[] utf8 = field.getBytes(StandardCharsets.UTF_8);
      return client
          .send(
              "POST /v1/hook/claude-code HTTP/1.1\r\n"
                  + new String(utf8, StandardCharsets.ISO_8859_1)
                  + "\r\nContent-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body)
          .answer();
    }
  }

  @Test
  void ofManyThatStartAtOnceOneServesAndTheOthersLeave() throws Exception {
    List<Running> many = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      many.add(kept(Running.launch(root, Running.SETTINGS, "1", Map.of())));
    }
    DaemonClient client = DaemonClient.of(root, Map.of());
    while (many.stream().filter(Running::isRunning).count() > 1 || client.status() == null) {
      Thread.onSpinWait();
    }

    assertThat(hook(many.get(0), "x")).contains("x");
    client.stop();
    List<Ended> ends = new ArrayList<>();
    for (Running running : many) {
      ends.add(running.ended());
    }
    assertThat(ends).containsOnlyOnce(Ended.SERVED).contains(Ended.ALREADY_RUNNING);
    assertThat(many.stream().mapToInt(running -> running.echo.closed.get()).sum()).isEqualTo(1);
  }

  @Test
  void whatADeadDaemonLeftBehindIsReplaced() throws Exception {
    Path run =
        Files.createDirectories(
            root.resolve("run"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(run.resolve("hook.sock")));
    }
    Files.writeString(run.resolve("daemon.pid"), "1\n");

    assertThat(hook(start(), "x")).contains("x");
  }

  @Test
  void aSocketThatSomeoneAnswersIsNotTakenAway() throws Exception {
    Path run =
        Files.createDirectories(
            root.resolve("run"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      other.bind(UnixDomainSocketAddress.of(run.resolve("hook.sock")));
      Running second = kept(Running.launch(root, Running.SETTINGS, "1", Map.of()));

      assertThatThrownBy(second::ended)
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("listens on");
    }
  }

  @Test
  void anotherVersionTakesOverAndWhatIsUnderWayIsAnswered() throws Exception {
    Running old = start();
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      Future<String> underWay = pool.submit(() -> hook(old, "wait"));
      old.echo.waits.await();
      Running next = kept(Running.launch(root, Running.SETTINGS, "2", Map.of()));
      while (Files.exists(root.resolve("run/hook.sock")) && old.client.status() != null) {
        Thread.onSpinWait();
      }
      old.echo.go.countDown();

      assertThat(underWay.get()).contains("wait");
      assertThat(old.ended()).isEqualTo(Ended.SERVED);
      assertThat(old.echo.closed).hasValue(1);
      while (next.client.status() == null) {
        Thread.onSpinWait();
      }
      assertThat(hook(next, "new")).contains("new");
      assertThat(next.echo.answered).hasValue(1);
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void itEndsWhenNothingIsAskedForTooLongAndLeavesNoSocket() throws Exception {
    Running running =
        kept(Running.start(root, new DaemonSettings(Duration.ofSeconds(1), false), "1", Map.of()));

    assertThat(running.ended()).isEqualTo(Ended.SERVED);
    assertThat(root.resolve("run/hook.sock")).doesNotExist();
    assertThat(running.echo.closed).hasValue(1);
  }

  @Test
  void itEndsAfterTheNextAnswerWhenItsConfigurationWasChanged() throws Exception {
    Running running = start();
    running.echo.outdated = true;

    // It looks once in a second.
    for (long end = System.nanoTime() + 20_000_000_000L; running.isRunning(); ) {
      assertThat(System.nanoTime() - end).isNegative();
      try {
        assertThat(hook(running, "x")).contains("\nx\n");
      } catch (IOException e) {
        break; // between the last answer and the end
      }
    }

    assertThat(running.ended()).isEqualTo(Ended.SERVED);
    assertThat(running.echo.answered.get()).isPositive();
  }

  @Test
  void whatAnOperatorShouldKnowIsInItsStatus() throws Exception {
    Running running = start();
    running.echo.notices = List.of("policy.yaml is \"gone\"");

    assertThat(Objects.requireNonNull(running.client.status()).notices())
        .containsExactly("policy.yaml is \"gone\"");
  }

  @Test
  void aDeepStateRootHasItsSocketElsewhereAndALinkToIt() throws Exception {
    root = temp.resolve("deep".repeat(20)).resolve("deeper".repeat(20));
    Path runtime = Files.createDirectories(temp.resolve("x"));

    Running running =
        kept(
            Running.start(
                root, Running.SETTINGS, "1", Map.of("XDG_RUNTIME_DIR", runtime.toString())));

    Path link = root.resolve("run/hook.sock");
    assertThat(link).isSymbolicLink();
    assertThat(mode(Files.readSymbolicLink(link).getParent())).isEqualTo("rwx------");
    assertThat(hook(running, "x")).contains("x");
    running.close();
    assertThat(link).doesNotExist();
  }

  @Test
  void aFolderThatOthersCanEnterIsRefused() throws IOException {
    Files.createDirectories(
        root.resolve("run"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));

    assertThatThrownBy(() -> HookDaemon.of(root, Running.SETTINGS, "1", Echo::new, Map.of()).run())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("run")
        .hasMessageContaining("chmod 700");
  }

  @Test
  void aStateRootThatCannotBeWrittenIsSaid() throws IOException {
    Files.writeString(temp.resolve("file"), "");

    assertThatThrownBy(
            () ->
                HookDaemon.of(temp.resolve("file/root"), Running.SETTINGS, "1", Echo::new, Map.of())
                    .run())
        .isInstanceOf(IOException.class);
  }

  @Test
  void aClientThatSaysNothingKeepsNobodyWaiting() throws Exception {
    Running running = start();
    List<RawClient> silent = new ArrayList<>();
    try {
      for (int i = 0; i < SocketServer.WORKERS - 1; i++) {
        silent.add(new RawClient(root).send("POST /v1/hook/claude-code HTTP/1.1\r\n"));
      }

      assertThat(hook(running, "x")).contains("x");
    } finally {
      for (RawClient client : silent) {
        client.close();
      }
    }
  }

  @Test
  void aPayloadOverTheBoundIsHandedOnAsOneThatCannotBeRead() throws Exception {
    Running running = start();
    byte[] huge = new byte[WireBody.LARGEST + 5];
    java.util.Arrays.fill(huge, (byte) ' ');

    String answer = running.client.hook("claude-code", huge);

    assertThat(answer).isEqualTo("governor-hook/1 -\nthe answer holds a zero byte\n\n.");
    assertThat(running.echo.seen.keySet().iterator().next()).hasSize(WireBody.LARGEST + 1);
  }
}
