package io.governor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.crypt.DecryptionException;
import io.governor.crypt.FixedKeys;
import io.governor.crypt.KeyFile;
import io.governor.event.EventType;
import io.governor.event.RandomEvents;
import io.governor.event.TraceEvent;
import io.governor.trace.VerifyFinding.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces with {@code traces.encrypt: true} are what they are without, except on the disk. */
class EncryptedTraceTest {

  private static final Base64.Encoder BASE64 = Base64.getEncoder();

  private final SplittableRandom random = new SplittableRandom(RandomEvents.seed());
  private RecordedRoot root;

  @BeforeEach
  void encrypt(@TempDir Path home) {
    root = new RecordedRoot(home).encrypt(true);
  }

  private List<TraceEvent> events(String id) throws IOException {
    List<TraceEvent> events = new ArrayList<>();
    ReadReport report =
        TraceReader.read(TraceSource.of(root.trace(id)), (event, at) -> events.add(event));
    assertThat(report.malformed() + report.torn() + report.unreadable()).isZero();
    return events;
  }

  private void assertUnbroken(String id, int calls) throws IOException {
    List<TraceEvent> events = events(id);
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).sequence()).isEqualTo(i + 1);
      assertThat(events.get(i).previousEventId())
          .isEqualTo(i == 0 ? null : events.get(i - 1).eventId());
    }
    assertThat(events.stream().filter(event -> event.type().equals(EventType.SCOPE_ASSERTED)))
        .hasSize(calls);
    assertThat(root.found()).isEmpty();
  }

  private String text(String id) throws IOException {
    return Files.readString(root.trace(id));
  }

  @Test
  void aSessionsTraceIsReadVerifiedAndResumedAsAnyOther() throws IOException {
    root.record("s", 3).record("s", 2);

    assertUnbroken("s", 5);
    assertThat(text("s")).doesNotContain("crm").startsWith("{\"governor_encrypted\":1,");
  }

  @Test
  void aSharedSessionGoesOnInItsSectionWithoutReadingTheTrace() throws IOException {
    root.share("s", 2).share("s", 1).share("s", 3);

    assertUnbroken("s", 6);
    assertThat(text("s").lines().filter(line -> line.contains("governor_encrypted"))).hasSize(1);
  }

  @Test
  void aStateThatIsLostOrOfAnotherTimeCostsAReadingAndNothingElse() throws IOException {
    Path state = root.path.resolve("traces/api/s.state");
    root.share("s", 2);
    byte[] old = Files.readAllBytes(state);
    root.share("s", 2);
    Files.write(state, old);
    root.share("s", 1);
    Files.delete(state);
    root.share("s", 1);

    assertUnbroken("s", 6);
  }

  @Test
  void encryptionIsSwitchedOnAndOffWhileASessionGoesOn() throws IOException {
    for (String id : List.of("exclusive", "shared")) {
      int calls = 0;
      for (int round = 0; round < 12; round++) {
        root.encrypt(random.nextBoolean());
        int more = random.nextInt(3);
        calls += more;
        if (id.equals("shared")) {
          root.share(id, more);
        } else {
          root.record(id, more);
        }
        if (random.nextInt(4) == 0) {
          KeyFile.in(root.path).rotate();
        }
      }
      assertUnbroken(id, calls);
    }
  }

  @Test
  void plainLinesOfASessionStayAndTheNextOnesAreEncrypted() throws IOException {
    root.encrypt(false).record("s", 1);
    root.encrypt(true).record("s", 1);
    root.encrypt(false).record("s", 1);

    assertUnbroken("s", 3);
    List<Boolean> plain =
        text("s").lines().map(line -> line.startsWith("{\"event_id\"")).distinct().toList();
    assertThat(plain).containsExactly(true, false);
    assertThat(text("s").lines().toList().get(text("s").lines().toList().size() - 1))
        .startsWith("{\"event_id\"");
  }

  @Test
  void aTornLineIsDamageAndTheSessionGoesOn() throws IOException {
    for (String id : List.of("s", "t")) {
      record(id, 2);
      byte[] whole = Files.readAllBytes(root.trace(id));
      record(id, 2);
      byte[] longer = Files.readAllBytes(root.trace(id));
      int cut = whole.length + 1 + random.nextInt(longer.length - whole.length - 2);
      Files.write(root.trace(id), Arrays.copyOf(longer, cut));
      record(id, 1);

      assertThat(root.found().values()).isNotEmpty().allMatch(kind -> kind != Kind.TAMPERED);
      assertThat(TraceReader.read(TraceSource.of(root.trace(id)), (event, at) -> true).malformed())
          .isEqualTo(1);
    }
  }

  private void record(String id, int calls) {
    if (id.equals("t")) {
      root.share(id, calls);
    } else {
      root.record(id, calls);
    }
  }

  @Test
  void withoutItsKeyATraceIsUnreadableAndNeverEmpty() throws IOException {
    root.record("s", 2).share("t", 2);
    Path keys = root.path.resolve(KeyFile.NAME);
    Files.move(keys, root.path.resolve("elsewhere"));

    assertThatThrownBy(() -> events("s"))
        .isInstanceOf(DecryptionException.class)
        .hasMessageStartingWith("cannot read " + root.trace("s") + ":1: it is encrypted with");
    assertThat(root.found())
        .isEqualTo(Map.of("s.jsonl", Kind.UNREADABLE, "t.jsonl", Kind.UNREADABLE));
    TraceCatalog catalog = TraceCatalog.read(root.path);
    assertThat(catalog.report().unreadable()).isEqualTo(2);
    assertThat(catalog.report().problems()).hasSize(2);
  }

  @Test
  void aHostEncryptsWithKeysOfItsOwnAndReadsWithThem() throws IOException {
    root.encrypt(false);
    FixedKeys keys = FixedKeys.of(1);
    for (int i = 1; i <= 2; i++) {
      try (Governor governor = Governor.builder().stateRoot(root.path).traceKeys(keys).build();
          GovernedSession session = governor.session().id("s").open()) {
        session.start();
      }
      keys.add(1 + i);
    }

    List<TraceEvent> events = new ArrayList<>();
    TraceReader.read(TraceSource.of(root.trace("s"), keys), (event, at) -> events.add(event));
    assertThat(events).isNotEmpty();
    assertThat(text("s")).contains("\"key\":\"key-1\"");
    assertThat(root.path.resolve(KeyFile.NAME)).doesNotExist();
    assertThatThrownBy(() -> events("s")).hasMessageContaining("the key key-1");
  }

  @Test
  void aTraceWithoutItsKeyIsNotWrittenTo() throws IOException {
    root.record("s", 1);
    String before = text("s");
    Files.move(root.path.resolve(KeyFile.NAME), root.path.resolve("elsewhere"));
    root.record("s", 1);

    assertThat(text("s")).isEqualTo(before);
  }

  @Test
  void everyChangeOfOneByteIsTamperingOrAKeyThatNobodyKnows() throws IOException {
    root.record("s", 1);
    byte[] bytes = Files.readAllBytes(root.trace("s"));
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= (byte) (1 << random.nextInt(8));
      Files.write(root.trace("s"), changed);
      assertThat(status()).as("byte %d", i).isEqualTo(ChainReport.Status.TAMPERED);
    }
  }

  private ChainReport.Status status() throws IOException {
    try {
      return ChainVerifier.verify(root.trace("s")).status();
    } catch (DecryptionException e) {
      assertThat(e.reason()).isEqualTo(DecryptionException.Reason.NO_KEY);
      return ChainReport.Status.TAMPERED;
    }
  }

  @Test
  void anAlteredRecordIsTamperingAndNamesItsLine() throws IOException {
    root.record("s", 3);
    List<String> lines = root.lines("s");
    String frame = lines.get(2);
    char other = frame.charAt(60) == 'A' ? 'B' : 'A';
    lines.set(2, frame.substring(0, 60) + other + frame.substring(61));
    root.write("s", lines);

    assertThat(root.found()).isEqualTo(Map.of("s.jsonl:2", Kind.TAMPERED));
    assertThatThrownBy(() -> events("s"))
        .isInstanceOf(DecryptionException.class)
        .hasMessageStartingWith("cannot read " + root.trace("s") + ":2: an encrypted record");
  }

  @Test
  void keysThatOthersCanReadAreRefused() throws IOException {
    root.record("s", 1);
    Files.setPosixFilePermissions(
        root.path.resolve(KeyFile.NAME), PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> events("s")).hasMessageContaining("chmod 600");
  }

  @Test
  void nothingOfARecordIsOnTheDisk() throws IOException {
    root.record("kept-in-the-name", 2).share("t", 2);
    TraceEvent event = events("t").get(events("t").size() - 1);
    List<String> canaries =
        List.of("crm.lookup", "\"crm\"", event.eventId(), event.agentId(), "SCOPE_ASSERTED");
    try (Stream<Path> files = Files.walk(root.path)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String raw = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        for (String canary : canaries) {
          assertThat(raw).as(file.toString()).doesNotContain(canary);
          for (String encoded : encoded(canary)) {
            assertThat(raw).as(file.toString()).doesNotContain(encoded);
          }
        }
      }
    }
  }

  /** In base64, wherever in a group of three bytes it begins. */
  private static List<String> encoded(String canary) {
    List<String> encoded = new ArrayList<>();
    for (int shift = 0; shift < 3; shift++) {
      byte[] text = ("x".repeat(shift) + canary).getBytes(StandardCharsets.UTF_8);
      String base64 = BASE64.encodeToString(Arrays.copyOf(text, text.length / 3 * 3));
      encoded.add(shift == 0 ? base64 : base64.substring(4));
    }
    return encoded;
  }
}
