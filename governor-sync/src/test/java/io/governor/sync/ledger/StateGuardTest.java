package io.governor.sync.ledger;

import static io.governor.sync.ledger.Traces.append;
import static io.governor.sync.ledger.Traces.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.governor.sync.RunOptions;
import io.governor.sync.SyncClient;
import io.governor.sync.SyncException;
import io.governor.sync.SyncException.Kind;
import io.governor.sync.ledger.SimulatedServer.Fate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody else could have made is not read by any command. */
@DisabledOnOs(OS.WINDOWS)
class StateGuardTest {

  @TempDir Path temp;

  private Installation here;

  /** One window was accepted, and another one waits. */
  @BeforeEach
  void sent() throws SyncException {
    here = new Installation(temp);
    append(here.trace("a.jsonl"), line("1"));
    here.run();
    append(here.trace("a.jsonl"), line("2"));
    here.now = here.now.plusSeconds(60);
    here.server.fates(Fate.NEVER_ARRIVES::ordinal);
    refused(() -> here.run());
    here.server.fates(Fate.ACCEPTED::ordinal);
  }

  @ParameterizedTest
  @CsvSource({
    "sync, run status history preview",
    "sync/lock, run",
    "sync/history.log, run status history",
    "sync/positions-2, run preview",
    "sync/window-2, run status history",
    "sync-state.json, run status history preview"
  })
  void what_others_can_write_and_what_is_a_link_is_not_used(String name, String readers)
      throws IOException {
    Path path = here.root.resolve(name);
    boolean directory = Files.isDirectory(path);

    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(directory ? "rwx-wx-wx" : "rw-rw-rw-"));
    for (String reader : List.of(readers.split(" ", -1))) {
      assertThat(refused(() -> read(reader)))
          .as(reader)
          .hasMessageContaining(path + " can be written by others than its owner");
    }

    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(directory ? "rwx------" : "rw-------"));
    Path elsewhere = Files.move(path, temp.resolve("elsewhere"));
    Files.createSymbolicLink(path, elsewhere);
    for (String reader : List.of(readers.split(" ", -1))) {
      assertThat(refused(() -> read(reader)))
          .as(reader)
          .hasMessageContaining(path + " is a symbolic link");
    }
    assertThat(here.sum()).isLessThanOrEqualTo(2);
  }

  private void read(String reader) throws SyncException {
    switch (reader) {
      case "run" -> here.run();
      case "status" -> SyncClient.at(here.root).status();
      case "history" -> here.ledger().history();
      case "preview" -> here.preview(RunOptions.DEFAULT);
      default -> throw new IllegalArgumentException(reader);
    }
  }

  private static SyncException refused(ThrowingCallable action) {
    SyncException refused = catchThrowableOfType(SyncException.class, action);
    assertThat(refused).isNotNull();
    assertThat(refused.kind()).isIn(Kind.LOCAL_FILES, Kind.NETWORK);
    return refused;
  }
}
