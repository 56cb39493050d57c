package io.governor.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileSessionIdTest {

  private static final List<String> IDS =
      List.of(
          "../../../../tmp/elsewhere",
          "..",
          ".",
          "",
          " ",
          "/etc/passwd",
          "a/b",
          "a\\b",
          "a\u0000b",
          "a\nb",
          "con",
          "CON",
          "nul",
          "com1",
          "lpt9",
          "session",
          "Session",
          "SESSION",
          "session.jsonl",
          "session+2",
          "-rf",
          "x".repeat(10_000),
          "x".repeat(9_999) + "y",
          "\u00e9".repeat(10_000),
          "\ud83d\ude00".repeat(20),
          "profiles",
          "*",
          "~");

  @TempDir Path home;

  @Test
  void anySessionIdStaysInTheTraceFolderInAFileOfItsOwn() throws IOException {
    HookBench bench = new HookBench(home.resolve("state"));

    for (String id : IDS) {
      bench.run(HookBench.before(id, "Read", "{}", "call-1"));
      bench.run(HookBench.before(id, "Read", "{}", "call-2"));
    }

    Path heads = home.resolve("state").resolve("heads.log");
    List<Path> files = new ArrayList<>(bench.files());
    assertThat(files.remove(heads)).isTrue();
    // How retention went is about all sessions.
    files.remove(home.resolve("state").resolve("prune.lock"));
    files.remove(home.resolve("state").resolve("prune.stamp"));
    List<String> names = new ArrayList<>();
    for (Path file : files) {
      assertThat(file.getParent()).isEqualTo(bench.folder());
      names.add(file.getFileName().toString());
    }
    assertThat(names.stream().filter(name -> name.endsWith(".jsonl"))).hasSameSizeAs(IDS);
    assertThat(names.stream().map(name -> name.toLowerCase(Locale.ROOT))).doesNotHaveDuplicates();
    for (String id : IDS) {
      assertThat(bench.events(id))
          .hasSize(6)
          .allSatisfy(event -> assertThat(event.sessionId()).isEqualTo(id));
      Chains.assertUnbroken(bench.file(id, ".jsonl"));
    }
    // The second hook believed the state of the first: nothing was resumed.
    assertThat(Files.readString(heads)).contains("reached").doesNotContain("resumed");
  }
}
