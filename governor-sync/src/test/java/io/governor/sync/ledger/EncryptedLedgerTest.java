package io.governor.sync.ledger;

import static io.governor.sync.Events.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.governor.crypt.KeyFile;
import io.governor.crypt.Sealing;
import io.governor.json.JsonWriter;
import io.governor.sync.RunReport;
import io.governor.sync.SyncException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted traces count once, as they grow, as copies, and after their key was away. */
class EncryptedLedgerTest {

  @TempDir Path temp;

  private Installation here;
  private Path trace;
  private Sealing sealing;
  private int events;
  private final JsonWriter plain = new JsonWriter(1024);

  @BeforeEach
  void registered() throws SyncException {
    here = new Installation(temp);
    trace = here.trace("t.jsonl");
    sealing = Sealing.plain(KeyFile.in(temp), true);
  }

  private void append(int count) throws IOException {
    Files.createDirectories(here.traces);
    byte[] before = Files.exists(trace) ? Files.readAllBytes(trace) : new byte[0];
    JsonWriter out = new JsonWriter(1024);
    for (int i = 0; i < count; i++) {
      byte[] bytes = line("e" + ++events, "POL-001").getBytes(StandardCharsets.UTF_8);
      sealing.seal(bytes, bytes.length, before.length, out);
      plain.raw(bytes).raw('\n');
    }
    JsonWriter all = new JsonWriter(1024).raw(before).raw(out.buffer(), out.length());
    Files.write(trace, all.toByteArray());
  }

  private RunReport run() throws SyncException {
    here.now = here.now.plusSeconds(60);
    return here.run();
  }

  @Test
  void what_grows_counts_what_is_new() throws Exception {
    for (int more : new int[] {3, 0, 5, 1}) {
      append(more);
      run();
      assertThat(here.sum()).isEqualTo(events);
    }
  }

  @Test
  void a_plain_copy_is_a_copy_and_so_is_one_under_another_name() throws Exception {
    append(4);
    run();
    Files.write(here.trace("plain.jsonl"), plain.toByteArray());
    Files.copy(trace, here.trace("copy.jsonl"));
    run();

    assertThat(here.sum()).isEqualTo(4);
  }

  @Test
  void what_has_no_key_is_told_and_counts_when_the_key_is_back() throws Exception {
    append(4);
    Path keys = temp.resolve(KeyFile.NAME);
    Path away = temp.resolve("away");
    Files.move(keys, away);

    RunReport without = run();
    assertThat(here.sum()).isZero();
    assertThat(without.toString()).contains(trace.toString());

    Files.move(away, keys);
    run();
    assertThat(here.sum()).isEqualTo(4);
  }

  @Test
  void what_was_altered_is_told_and_never_counts_in_part() throws Exception {
    append(4);
    byte[] bytes = Files.readAllBytes(trace);
    bytes[bytes.length - 40] ^= 1;
    Files.write(trace, bytes);

    RunReport report = run();

    assertThat(here.sum()).isZero();
    assertThat(report.toString()).contains(trace.toString());
  }
}
