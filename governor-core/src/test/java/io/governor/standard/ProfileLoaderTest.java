package io.governor.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.governor.standard.ProfileProblem.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileLoaderTest {

  private static final String DEFAULT_FINGERPRINT = "e9364ed6c11c";

  @TempDir Path folder;

  static Stream<Arguments> cases() throws IOException {
    try (InputStream in = ProfileLoaderTest.class.getResourceAsStream("validation.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      List<Arguments> cases = new ArrayList<>();
      for (String block : text.split("(?m)^=== ", -1)) {
        if (!block.startsWith("#")) {
          int name = block.indexOf('\n');
          int said = block.indexOf("\n---\n");
          cases.add(
              Arguments.of(
                  block.substring(0, name),
                  block.substring(name + 1, said + 1),
                  block.substring(said + 5).strip().lines().toList()));
        }
      }
      return cases.stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void a_profile_is_validated_with_every_place_named(String name, String profile, List<String> said)
      throws IOException {
    Path file = write(profile);

    LoadedProfile loaded = ProfileLoader.load(file, name.endsWith("!"));

    assertThat(loaded.problems())
        .map(problem -> problem.severity() + " " + problem.oneLine())
        .containsExactlyElementsOf(
            said.stream().map(line -> line.replaceFirst(" ", " " + file + ":")).toList());
    assertThat(loaded.profile() != null)
        .isEqualTo(said.stream().noneMatch(line -> line.startsWith("ERROR")));
    assertThat(Files.readString(file)).isEqualTo(profile);
  }

  @Test
  void a_profile_used_with_warnings_has_nothing_more_to_say_in_its_sessions() throws IOException {
    Profile profile = load("session_intent: {demand_at: 7}\nhigh_consequence: {tools: [\"(\"]}\n");

    assertThat(profile.ignoredFields()).isEmpty();
    assertThat(profile.demandAt()).isEqualTo(DemandAt.SESSION_START);
    assertThat(Profile.fromSnapshot(profile.canonicalText()).ignoredFields()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "# nothing yet\n\n# at all\n", "---\n", "~\n"})
  void a_file_without_content_gives_the_defaults_and_leaves_no_trace(String text)
      throws IOException {
    LoadedProfile loaded = ProfileLoader.load(write(text));

    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.profile().fingerprint()).isEmpty();
    assertThat(loaded.profile().fromFile()).isFalse();
    assertThat(loaded.profile().contentHash()).startsWith(DEFAULT_FINGERPRINT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "schema_version: 1",
        "{}",
        "task_boundary: {signals: []}\nhigh_consequence: {tools: [], operations: []}",
        "high_consequence: {operations: ~}",
        "session_intent: {}",
        "schema_version: 0x1\nsession_intent: {required: on, prompt_template: }",
        "\ufeffschema_version: 1\r\n"
      })
  void what_adds_nothing_to_the_defaults_has_their_fingerprint(String text) throws IOException {
    Profile profile = load(text);

    assertThat(profile.fingerprint()).contains(DEFAULT_FINGERPRINT);
    assertThat(profile.fromFile()).isTrue();
  }

  @Test
  void the_showcase_profile_has_its_published_fingerprint() {
    Path file =
        Path.of(
            System.getProperty("governor.vectors", ""),
            "execution-record",
            "showcase_profile.yaml");
    assumeTrue(
        Files.isRegularFile(file), "skipped: no execution-record vectors beside the checkout");

    LoadedProfile loaded = ProfileLoader.load(file, true);

    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.profile().fingerprint()).contains("5c3ce82958dd");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          task_boundary: {time_gap_seconds: 120}         | task_boundary: {time_gap_seconds: 120.0}
          task_boundary: {time_gap_seconds: 300}         | task_boundary: {time_gap_seconds: 300.0}
          task_boundary: {signals: [dir_change,time_gap]} | task_boundary: {signals: [time_gap,dir_change]}
          high_consequence: {tools: [a,b]}               | high_consequence: {tools: [b,a]}
          high_consequence: {tools: [a]}                 | high_consequence: {tools: [a,a]}
          x: 1                                           | x: "1"
          x: ~                                           | y: ~
          x: yes                                         | x: "yes"
          """)
  void what_means_something_else_has_another_fingerprint(String one, String other)
      throws IOException {
    assertThat(load(one).contentHash()).isNotEqualTo(load(other).contentHash());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          high_consequence: {operations: [{domain: network}, {action: read}]} | high_consequence: {operations: [{action: read}, {domain: network}]}
          high_consequence: {operations: [{action: [read,delete]}]}           | high_consequence: {operations: [{action: [delete,read,delete]}]}
          high_consequence: {operations: [{action: read}, {action: read}]}    | high_consequence: {operations: [{action: read}]}
          high_consequence: {operations: [{action: [read,delete]}, {action: [delete,read]}]} | high_consequence: {operations: [{action: [read,delete]}]}
          x: 0x10                                                             | x: 16
          x: 1:30                                                             | x: 90
          x: off                                                              | x: false
          x: 1.50                                                             | x: 1.5
          """)
  void what_means_the_same_has_the_same_fingerprint(String one, String other) throws IOException {
    assertThat(load(one).contentHash()).isEqualTo(load(other).contentHash());
  }

  @Test
  void a_fingerprint_pins_every_part_of_the_canonical_text() throws IOException {
    Profile profile =
        load(
            """
            task_boundary:
              time_gap_seconds: 120.0
              extra: {é: [1e3, 1.0e+22, .inf]}
            high_consequence:
              operations:
              - {domain: [process, network, process], action: read}
              - {destructive: true}
            zeta: 0777
            """);

    assertThat(profile.canonicalText())
        .isEqualTo(
            "{\"high_consequence\":{\"on_match\":\"flag\",\"operations\":[{\"action\":\"read\","
                + "\"domain\":[\"network\",\"process\"]},{\"destructive\":true}],\"tools\":[]},"
                + "\"schema_version\":1,\"session_intent\":{\"demand_at\":\"session_start\","
                + "\"prompt_template\":null,\"required\":true},\"task_boundary\":{"
                + "\"dir_change_depth\":2,\"extra\":{\"\\u00e9\":[\"1e3\",1e+22,Infinity]},"
                + "\"on_match\":\"flag\",\"signals\":[],\"time_gap_seconds\":120.0},\"zeta\":511}");
    assertThat(profile.fingerprint()).contains(profile.contentHash().substring(0, 12));
  }

  @Test
  void the_deepest_profile_survives_its_snapshot() throws IOException {
    Profile profile = load("x: " + "[".repeat(63) + "é" + "]".repeat(63));

    assertThat(Profile.fromSnapshot(profile.canonicalText()).contentHash())
        .isEqualTo(profile.contentHash());
  }

  @Test
  void a_file_that_is_not_there_is_an_error() {
    assertThat(ProfileLoader.load(folder.resolve("none.yaml")).problems())
        .map(ProfileProblem::oneLine)
        .containsExactly(folder.resolve("none.yaml") + ":1:1: <root>: the file does not exist");
  }

  @Test
  void a_directory_is_an_error() {
    LoadedProfile loaded = ProfileLoader.load(folder);

    assertThat(loaded.profile()).isNull();
    assertThat(loaded.problems())
        .containsExactly(
            new ProfileProblem(
                Severity.ERROR,
                folder.toString(),
                1,
                1,
                "<root>",
                "this is a directory, not a file"));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void a_file_that_may_not_be_read_is_an_error() throws IOException {
    Path file = write("schema_version: 1");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeTrue(!Files.isReadable(file), "skipped: this user may read everything");

    assertThat(ProfileLoader.load(file).problems())
        .map(ProfileProblem::message)
        .containsExactly("the file cannot be read: permission denied");
  }

  @Test
  void bytes_that_are_no_text_are_an_error() throws IOException {
    Path file = folder.resolve("profile.yaml");
    Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xff});

    assertThat(ProfileLoader.load(file).problems())
        .map(ProfileProblem::oneLine)
        .containsExactly(file + ":1:4: <root>: not valid YAML: a byte that is not UTF-8");
  }

  @Test
  void a_file_beyond_the_bound_is_an_error() throws IOException {
    LoadedProfile loaded = ProfileLoader.load(write("# " + "x".repeat(1 << 20)));

    assertThat(loaded.profile()).isNull();
    assertThat(loaded.problems())
        .map(ProfileProblem::message)
        .containsExactly("the document is longer than 1048576 bytes");
  }

  private Profile load(String text) throws IOException {
    LoadedProfile loaded = ProfileLoader.load(write(text));
    assertThat(loaded.profile()).as(() -> loaded.problems().toString()).isNotNull();
    return loaded.profile();
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("profile.yaml"), text);
  }
}
