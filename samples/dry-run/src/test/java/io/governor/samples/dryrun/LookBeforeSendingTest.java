package io.governor.samples.dryrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.collector.testing.TestCollector;
import io.governor.config.ConfigFile;
import io.governor.file.OwnerOnly;
import io.governor.sync.Endpoint;
import io.governor.sync.RegistrationForm;
import io.governor.sync.SyncClient;
import io.governor.sync.SyncException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sample sends what looks right, and the collector never hears of what does not. */
@Timeout(60)
class LookBeforeSendingTest {

  @TempDir Path temp;
  private final TestCollector collector = TestCollector.startPlain();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = System.out;
  private String before = "";

  @BeforeEach
  void registered() throws IOException, SyncException {
    Path root = temp.resolve("state");
    OwnerOnly.createDirectories(root);
    Files.writeString(root.resolve(ConfigFile.NAME), "sync: {allow_loopback_http: true}\n");
    SyncClient.at(root)
        .register(
            RegistrationForm.of(
                Endpoint.parse(collector.endpoint(), true), "ada@example.org", "Ada"));
    before = System.getProperty("governor.home", "");
    System.setProperty("governor.home", root.toString());
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void asBefore() {
    System.setOut(out);
    System.setProperty("governor.home", before);
    collector.close();
  }

  private void record(int events) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < events; i++) {
      lines
          .append("{\"event_id\": \"e-")
          .append(i)
          .append("\", \"event_type\": \"SCOPE_ASSERTED\", \"session_id\": \"s\",")
          .append(" \"event_sequence_number\": ")
          .append(i)
          .append(", \"timestamp_utc\": \"2026-04-14T12:00:00.000Z\",")
          .append(" \"policy_violations\": [\"POL-004\"]}\n");
    }
    Path trace = temp.resolve("state/traces/api/s.jsonl");
    Files.createDirectories(trace.getParent());
    Files.writeString(trace, lines);
  }

  @Test
  void whatLooksRightIsPrintedAndSentByteForByte() throws IOException, SyncException {
    record(999);

    LookBeforeSending.main(new String[0]);

    String body = new String(collector.accepted().get(0), StandardCharsets.US_ASCII);
    assertThat(body).contains("\"POL-004\": 999");
    assertThat(printed.toString(StandardCharsets.UTF_8)).startsWith(body).contains("\nsent 2026-");
  }

  @Test
  void whatLooksWrongIsNotSentAndCountedAgain() throws IOException, SyncException {
    record(1_000);

    assertThatThrownBy(() -> LookBeforeSending.main(new String[0]))
        .isInstanceOf(SyncException.class)
        .hasMessageContaining("looked at and refused");
    assertThat(collector.accepted()).isEmpty();
    assertThat(collector.requests()).as("the registration alone").hasSize(1);

    record(7);
    LookBeforeSending.main(new String[0]);
    assertThat(collector.sum()).containsEntry("POL-004", 7L);
  }

  @Test
  void theSampleIsTwentyLinesOrSo() throws IOException {
    Path source = Path.of("src/main/java/io/governor/samples/dryrun/LookBeforeSending.java");

    assertThat(
            Files.readAllLines(source).stream()
                .dropWhile(line -> !line.startsWith("public final class"))
                .filter(line -> !line.isBlank()))
        .hasSizeLessThanOrEqualTo(20);
  }
}
