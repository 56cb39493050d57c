package io.governor.sync;

import static io.governor.sync.Events.line;
import static io.governor.sync.Events.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Making an installation known to a server, and forgetting it. */
class RegistrationTest {

  @TempDir Path temp;
  private Path root = Path.of("");
  private final FakeServer server = new FakeServer();

  @BeforeEach
  void ownRoot() {
    root = temp.resolve("state");
  }

  private SyncClient client() {
    return SyncClient.at(root).over(server);
  }

  private static RegistrationForm form() throws SyncException {
    return RegistrationForm.of(
        Endpoint.parse("https://collector.example.org"), "ada@example.org", "Ada");
  }

  private static SyncException refused(SyncCall call) {
    return catchThrowableOfType(SyncException.class, call::run);
  }

  /** A call that is refused. */
  private interface SyncCall {
    void run() throws SyncException;
  }

  @Test
  void what_is_sent_is_told_and_the_secret_is_stored() throws SyncException {
    Registered registered = client().register(form().with("Acme", "operator"));

    assertThat(server.registrations).containsExactly(registered.sent());
    assertThat(registered.sent().userAgent()).isEqualTo(UserAgent.current());
    assertThat(registered.sent().organization()).isEqualTo("Acme");
    assertThat(registered.credential().secret()).isEqualTo(server.secrets.get(0));
    assertThat(registered.again()).isFalse();
    assertThat(client().isRegistered()).isTrue();
    SyncStatus status = client().status();
    assertThat(status.installationId()).isEqualTo(registered.sent().installationId());
    assertThat(status.endpoint()).isEqualTo("https://collector.example.org");
    assertThat(status.contactEmail()).isEqualTo("ada@example.org");
  }

  @Test
  void one_that_is_registered_is_not_registered_again_unawares() throws SyncException {
    String id = client().register(form()).sent().installationId();

    SyncException refusal = refused(() -> client().register(form()));

    assertThat(refusal.kind()).isEqualTo(SyncException.Kind.INPUT);
    assertThat(refusal)
        .hasMessageContaining("https://collector.example.org")
        .hasMessageContaining(id)
        .hasMessageContaining("--force");
    assertThat(server.registrations).hasSize(1);
  }

  @Test
  void force_keeps_the_id_and_replaces_the_secret() throws SyncException {
    Registered first = client().register(form());

    Registered second = client().register(form().again(true));

    assertThat(second.again()).isTrue();
    assertThat(second.sent().installationId()).isEqualTo(first.sent().installationId());
    assertThat(second.credential()).isNotEqualTo(first.credential());
  }

  @Test
  void the_id_is_on_the_disk_before_the_server_is_asked() throws SyncException {
    server.before =
        () -> {
          assertThat(client().status().installationId()).isNotNull();
          assertThat(client().isRegistered()).isFalse();
          throw new UncheckedIOException(new IOException("the plug is pulled"));
        };
    assertThatThrownBy(() -> client().register(form())).hasMessageContaining("the plug");
    server.before = null;

    Registered later = client().register(form());

    assertThat(server.registrations).hasSize(2);
    assertThat(later.sent().installationId())
        .isEqualTo(server.registrations.get(0).installationId());
    assertThat(client().isRegistered()).isTrue();
  }

  @Test
  void a_server_that_refuses_leaves_what_was_there() throws SyncException {
    client().register(form());
    Map<String, String> before = files();
    server.before =
        () -> {
          throw SyncException.exchange(
              SyncException.Kind.NETWORK, SyncException.Delivery.UNKNOWN, 1, "no answer");
        };

    assertThat(refused(() -> client().register(form().again(true)))).hasMessage("no answer");

    assertThat(files()).isEqualTo(before);
  }

  @Test
  void a_form_that_cannot_be_used_leaves_no_file() throws SyncException {
    RegistrationForm form =
        RegistrationForm.of(Endpoint.parse("https://collector.example.org"), "ada", "Ada");

    assertThat(refused(() -> client().register(form)).kind()).isEqualTo(SyncException.Kind.INPUT);

    assertThat(root).doesNotExist();
    assertThat(server.asked).isEmpty();
  }

  @Test
  void forgetting_keeps_the_id_and_drops_secret_server_and_contact() throws SyncException {
    String id = client().register(form()).sent().installationId();

    assertThat(client().unregister())
        .isEqualTo(new Unregistered("https://collector.example.org", null));

    assertThat(client().isRegistered()).isFalse();
    assertThat(files().values())
        .noneMatch(text -> text.contains("sgn_live_"))
        .noneMatch(text -> text.contains("ada@example.org"));
    assertThat(client().register(form()).sent().installationId()).isEqualTo(id);
  }

  @Test
  void what_needs_a_registration_says_so_and_asks_nobody() {
    for (SyncCall call :
        List.<SyncCall>of(
            () -> client().unregister(), () -> client().checkForUpdate(), () -> client().run())) {
      assertThat(refused(call).kind()).isEqualTo(SyncException.Kind.NOT_REGISTERED);
    }
    assertThat(server.asked).isEmpty();
    assertThat(root).doesNotExist();
  }

  @Test
  void an_update_check_asks_the_registered_server() throws SyncException {
    client().register(form());

    assertThat(client().checkForUpdate()).isEqualTo(new UpdateCheck("9.9.9", true));
  }

  @ParameterizedTest
  @CsvSource({"2026-04-14T11:59:59Z, 2", "2026-04-14T12:00:01Z, 0"})
  void what_happened_before_the_start_is_left_out_of_the_first_run(Instant from, long counted)
      throws SyncException {
    trace(root.resolve("traces/mcp/t.jsonl"), line("e1", "POL-001"), line("e2", "POL-001"));

    Registered registered = client().register(form().startingAt(from));

    assertThat(registered.from()).isEqualTo(from);
    assertThat(client().dryRun().payload().countsByRule().of(io.governor.RuleId.of("POL-001")))
        .isEqualTo(counted);
  }

  @Test
  void a_start_after_the_first_run_is_refused() throws SyncException {
    trace(root.resolve("traces/mcp/t.jsonl"), line("e1", "POL-001"));
    client().register(form());
    client().run();

    SyncException refusal =
        refused(
            () ->
                client()
                    .register(
                        form().again(true).startingAt(Instant.parse("2026-04-14T00:00:00Z"))));

    assertThat(refusal.kind()).isEqualTo(SyncException.Kind.INPUT);
    assertThat(refusal).hasMessageContaining("--from");
  }

  @Test
  void every_file_is_its_owners_alone() throws SyncException, IOException {
    client().register(form());

    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.toList()) {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        assertThat(mode).as("%s", path).isIn("rw-------", "rwx------");
      }
    }
  }

  private Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(root.relativize(path).toString(), Files.readString(path));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }
}
