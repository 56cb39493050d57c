package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.crypt.KeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {

  @TempDir Path root;

  @BeforeEach
  void encrypt() throws IOException {
    Files.writeString(root.resolve("config.yaml"), "traces: {encrypt: true}\n");
    record("one");
  }

  private void record(String id) {
    try (Governor governor = Governor.builder().stateRoot(root).build();
        GovernedSession session = governor.session().id(id).open()) {
      session.before(ToolCall.of("crm.update", ToolArguments.empty()));
    }
  }

  @Test
  void aNewKeyIsForWhatComesAndTheOldOneOpensWhatWas() throws IOException {
    Cli.Result rotated = Cli.at(root).run("keys", "rotate");
    record("two");

    String key = rotated.out().substring("The current key is ".length()).split("\\.", 2)[0];
    assertThat(Files.readString(root.resolve("traces/api/one.jsonl"))).doesNotContain(key);
    assertThat(Files.readString(root.resolve("traces/api/two.jsonl"))).contains(key);
    assertThat(Cli.at(root).run("keys", "list").out().lines()).hasSize(3);
    assertThat(Cli.at(root).run("keys", "list", "--json").out()).contains(key).contains("true");
    assertThat(Cli.at(root).run("verify").out()).startsWith("2 files");
    assertThat(Cli.at(root).run("list").out()).contains("one").contains("two");
  }

  @Test
  void whatHasNoKeyIsToldByEveryCommandAndCountedByNone() throws IOException {
    Files.delete(root.resolve(KeyFile.NAME));
    String trace = root.resolve("traces/api/one.jsonl").toString();

    Cli.Result verified = Cli.at(root).run("verify");
    assertThat(verified.exitCode()).isEqualTo(ExitCode.LOCAL_IO);
    assertThat(verified.out()).contains("UNREADABLE  " + trace).contains("which is not known");

    assertThat(Cli.at(root).run("list").err()).contains(trace);
    assertThat(Cli.at(root).run("status").out()).contains("1 unreadable file");
    Cli.Result counted = Cli.at(root).run("sync", "count");
    assertThat(counted.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(counted.err()).contains(trace).contains("nothing was counted");
    assertThat(Cli.at(root).run("sync", "count", trace).exitCode()).isEqualTo(ExitCode.USAGE);
    Cli.Result dry = Cli.at(root).run("sync", "run", "--dry-run", "--window", "2026-04-14");
    assertThat(dry.err()).contains(trace);
  }

  @Test
  void whatWasAlteredIsTampering() throws IOException {
    Path trace = root.resolve("traces/api/one.jsonl");
    String text = Files.readString(trace);
    int at = text.lastIndexOf("\"}") - 20;
    char other = text.charAt(at) == 'A' ? 'B' : 'A';
    Files.writeString(trace, text.substring(0, at) + other + text.substring(at + 1));

    Cli.Result verified = Cli.at(root).run("verify");
    assertThat(verified.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(verified.out()).contains("TAMPERED");
    Cli.Result listed = Cli.at(root).run("list");
    assertThat(listed.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(listed.err()).contains(trace.toString()).contains("altered");
  }
}
