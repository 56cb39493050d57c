package io.governor.sync.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.governor.file.OwnerOnly;
import io.governor.sync.InstallationSecret;
import io.governor.sync.SyncException;
import io.governor.sync.SyncException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyncStateFileTest {

  private static final String ID = Installation.ID;
  private static final String SECRET = "sgn_live_" + "0123456789abcdef";

  @TempDir Path temp;

  private Path root;
  private Path file;

  @BeforeEach
  void places() throws IOException {
    root = temp.resolve("home");
    Files.createDirectory(
        root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    file = root.resolve("sync-state.json");
  }

  @Test
  void what_was_written_is_read_again() throws SyncException {
    SyncState written =
        SyncState.of(ID)
            .withSecret(InstallationSecret.of(SECRET), "https://collector.example.org")
            .withContact(Contact.of("a@b.example", "Ä \"B\"", "Acme", null))
            .withFrom(Traces.NOON);
    SyncStateFile.at(root).update(found -> written);

    SyncState read = SyncStateFile.at(root).read();

    assertThat(read.installationId()).isEqualTo(ID);
    assertThat(read.secret()).isEqualTo(InstallationSecret.of(SECRET));
    assertThat(read.endpoint()).isEqualTo("https://collector.example.org");
    assertThat(read.contact()).isEqualTo(written.contact());
    assertThat(read.from()).isEqualTo(Traces.NOON);
    assertThat(read.toString() + read.contact())
        .doesNotContain(SECRET)
        .doesNotContain("example")
        .doesNotContain("Acme");
  }

  @Test
  void a_state_of_another_product_is_taken_over_with_all_its_members() throws Exception {
    Files.writeString(
        file,
        """
        {"installation_id": "%s", "installation_secret": "%s",
         "contact": {"contact_email": "a@b.example", "extra": [1, 2.50, null, true]},
         "ledger": {"theirs": "1"}, "last_sync": "2026-04-01T00:00:00Z", "big": 123456789012345678901}
        """
            .formatted(ID, SECRET));

    SyncState found = SyncStateFile.at(root).read();
    assertThat(found.contact().email()).isEqualTo("a@b.example");
    assertThat(found.secret()).isNotNull();
    assertThat(found.ledger()).isEqualTo(LedgerState.NEW);
    SyncStateFile.at(root).update(state -> state.withFrom(Traces.NOON));

    assertThat(Files.readString(file))
        .contains("\"schema_version\": 2")
        .contains("\"installation_secret\": \"" + SECRET + "\"")
        .contains("{\"contact_email\": \"a@b.example\", \"extra\": [1, 2.5, null, true]}")
        .contains("\"ledger_before\": {\"theirs\": \"1\"}")
        .contains("\"last_sync\": \"2026-04-01T00:00:00Z\"")
        .contains("\"big\": 123456789012345678901")
        .contains("\"from\": \"2026-04-14T12:00:00Z\"");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"schema_version\": 3", "\"version\": 9", "\"schema_version\": 2.5"})
  void a_state_of_a_newer_version_is_refused_and_stays_as_it_is(String version) throws Exception {
    String text = "{" + version + ", \"installation_id\": \"" + ID + "\"}";
    Files.writeString(file, text);

    SyncException refused =
        catchThrowableOfType(
            SyncException.class, () -> SyncStateFile.at(root).update(state -> state));

    assertThat(refused.kind()).isEqualTo(Kind.LOCAL_FILES);
    assertThat(refused).hasMessageContaining("written by a newer version, and left as it is");
    assertThat(Files.readString(file)).isEqualTo(text);
  }

  /** It would outlive unregistering. */
  @Test
  void what_a_killed_process_had_begun_to_write_goes_with_the_next_write() throws Exception {
    state();
    Path half = root.resolve(".sync-state.json.0123abcd.tmp");
    Files.writeString(half, SECRET);

    SyncStateFile.at(root).update(state -> state);

    assertThat(half).doesNotExist();
  }

  /** Without its ledger everything would be sent again, under the same id. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\"schema_version\": 1, ", "\"schema_version\": \"x\", "})
  void a_state_of_another_version_is_refused_beside_what_was_sent(String version) throws Exception {
    Files.writeString(file, "{" + version + "\"installation_id\": \"" + ID + "\"}");
    OwnerOnly.createDirectories(root.resolve("sync"));
    OwnerOnly.ensureFile(root.resolve("sync/history.log"));

    assertThat(refused())
        .hasMessageStartingWith(file + ": schema_version: expected 2, because ")
        .hasMessageEndingWith(" away to begin anew");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw--w----", "rw-rw----", "rw-----w-"})
  void a_state_that_others_can_write_is_refused(String mode) throws Exception {
    state();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

    assertThat(refused()).hasMessageStartingWith(file + " can be written by others than its owner");
  }

  @Test
  void a_state_root_that_others_can_write_is_refused() throws Exception {
    state();
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwx---"));

    assertThat(refused()).hasMessageStartingWith(root + " can be written by others than its owner");
  }

  @Test
  void a_state_that_is_a_link_is_refused() throws Exception {
    state();
    Files.move(file, temp.resolve("elsewhere"));
    Files.createSymbolicLink(file, temp.resolve("elsewhere"));

    assertThat(refused()).hasMessageStartingWith(file + " is a symbolic link");
  }

  @Test
  void a_state_root_that_is_a_link_is_refused() throws Exception {
    state();
    Path link = Files.createSymbolicLink(temp.resolve("link"), root);

    SyncException refused =
        catchThrowableOfType(SyncException.class, () -> SyncStateFile.at(link).read());

    assertThat(refused).hasMessageStartingWith(link + " is a symbolic link");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "{}",
        "{\"accepted\": -1}",
        "{\"accepted\": 1, \"positions\": \"../../etc/passwd\"}",
        "{\"accepted\": 1, \"until\": \"yesterday\"}"
      })
  void a_ledger_that_nobody_wrote_is_refused(String ledger) throws Exception {
    Files.writeString(
        file,
        "{\"schema_version\": 2, \"installation_id\": \"%s\", \"ledger\": %s}"
            .formatted(ID, ledger));

    assertThat(refused()).hasMessageStartingWith(file + ": from or ledger: expected ");
  }

  private void state() throws IOException {
    Files.writeString(file, "{\"installation_id\": \"" + ID + "\"}");
  }

  private SyncException refused() {
    SyncException refused =
        catchThrowableOfType(SyncException.class, () -> SyncStateFile.at(root).read());
    assertThat(refused.kind()).isEqualTo(Kind.LOCAL_FILES);
    return refused;
  }
}
