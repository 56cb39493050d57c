package io.governor.standard;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.standard.ProfileResolution.Resolved;
import io.governor.standard.ProfileResolution.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProfileResolutionTest {

  @TempDir Path root;
  @TempDir Path home;

  @Test
  void without_files_there_is_no_profile_and_nothing_to_say() {
    assertThat(resolve("any")).isEqualTo(new Resolved(null, Source.NONE, null, List.of()));
    assertThat(ProfileResolution.at(root.resolve("not there")).resolve("any").source())
        .isEqualTo(Source.NONE);
  }

  @Test
  void the_default_profile_is_for_agents_that_no_binding_names() throws IOException {
    write("profile.yaml", "session_intent: {demand_at: never}");
    write("resolution.yaml", "bindings: [{agent_id: 'other-*', profile: x.yaml}]");

    Resolved resolved = resolve("support-1");

    assertThat(resolved.source()).isEqualTo(Source.DEFAULT);
    assertThat(resolved.binding()).isNull();
    assertThat(resolved.profile().demandAt()).isEqualTo(DemandAt.NEVER);
    assertThat(resolved.problems()).isEmpty();
  }

  @Test
  void an_empty_default_profile_is_ready_and_leaves_no_trace() throws IOException {
    write("profile.yaml", "# nothing yet\n");

    Resolved resolved = resolve("any");

    assertThat(resolved.source()).isEqualTo(Source.DEFAULT);
    assertThat(resolved.profile().fromFile()).isFalse();
  }

  @Test
  void a_default_profile_that_is_not_ready_leaves_the_session_without() throws IOException {
    write("profile.yaml", "task_boundary: 5");

    Resolved resolved = resolve("any");

    assertThat(resolved.profile()).isNull();
    assertThat(resolved.source()).isEqualTo(Source.NONE);
    assertThat(lines(resolved))
        .containsExactly(
            "ERROR " + root.resolve("profile.yaml") + ":1:16: task_boundary: must be a mapping");
  }

  @Test
  void the_first_binding_that_matches_decides() throws IOException {
    write(
        "resolution.yaml",
        """
        schema_version: 1
        bindings:
        - {agent_id: Support-*, profile: profiles/upper.yaml}
        - {agent_id: "support-[!0]", profile: profiles/first.yaml}
        - {agent_id: "*", profile: profiles/rest.yaml}
        """);
    write("profiles/first.yaml", "session_intent: {demand_at: never}");
    write("profiles/rest.yaml", "session_intent: {demand_at: first_write}");

    Resolved first = resolve("support-1");
    Resolved rest = resolve("support-0");

    assertThat(first.source()).isEqualTo(Source.BOUND);
    assertThat(first.binding()).isEqualTo("support-[!0]");
    assertThat(first.profile().demandAt()).isEqualTo(DemandAt.NEVER);
    assertThat(rest.binding()).isEqualTo("*");
    assertThat(rest.profile().demandAt()).isEqualTo(DemandAt.FIRST_WRITE);
  }

  @Test
  void a_profile_path_is_relative_to_the_file_or_absolute_or_of_the_home() throws IOException {
    write("near.yaml", "a: near");
    Files.writeString(home.resolve("far.yaml"), "a: far");
    write(
        "resolution.yaml",
        "bindings:\n- {agent_id: near, profile: ./near.yaml}\n- {agent_id: far, profile: ~/far.yaml}\n"
            + ("- {agent_id: absolute, profile: '" + home.resolve("far.yaml") + "'}\n"));

    assertThat(resolve("near").profile().canonicalText()).contains("\"near\"");
    assertThat(resolve("far").profile().canonicalText()).contains("\"far\"");
    assertThat(resolve("absolute").profile().canonicalText()).contains("\"far\"");
  }

  @Test
  void a_binding_whose_profile_is_broken_is_degraded_and_later_ones_are_not_tried()
      throws IOException {
    write(
        "resolution.yaml",
        "bindings:\n- {agent_id: 's*', profile: broken.yaml}\n- {agent_id: '*', profile: good.yaml}\n");
    write("broken.yaml", "schema_version: one");
    write("good.yaml", "session_intent: {demand_at: never}");
    write("profile.yaml", "session_intent: {demand_at: first_write}");

    Resolved resolved = resolve("support");

    assertThat(resolved.source()).isEqualTo(Source.DEGRADED);
    assertThat(resolved.binding()).isEqualTo("s*");
    assertThat(resolved.profile().demandAt()).isEqualTo(DemandAt.FIRST_WRITE);
    assertThat(lines(resolved))
        .containsExactly(
            "ERROR "
                + root.resolve("broken.yaml")
                + ":1:17: schema_version: must be an integer; this version knows 1");
  }

  @Test
  void a_degraded_binding_without_a_default_profile_has_none() throws IOException {
    write("resolution.yaml", "bindings: [{agent_id: '*', profile: gone.yaml}]");

    Resolved resolved = resolve("support");

    assertThat(resolved.source()).isEqualTo(Source.DEGRADED);
    assertThat(resolved.profile()).isNull();
    assertThat(lines(resolved))
        .containsExactly(
            "ERROR " + root.resolve("gone.yaml") + ":1:1: <root>: the file does not exist");
  }

  @Test
  void a_path_that_is_none_degrades() throws IOException {
    write("resolution.yaml", "bindings:\n- {agent_id: '*', profile: \"a\\0b\"}");

    Resolved resolved = resolve("support");

    assertThat(resolved.source()).isEqualTo(Source.DEGRADED);
    assertThat(lines(resolved))
        .containsExactly(
            "ERROR "
                + root.resolve("resolution.yaml")
                + ":2:28: bindings[0].profile: not a path on this system");
  }

  @Test
  void defective_entries_are_skipped_and_unknown_keys_are_not() throws IOException {
    write(
        "resolution.yaml",
        """
        note: hello
        bindings:
        - just text
        - {agent_id: 7, profile: x.yaml}
        - {profile: x.yaml}
        - {agent_id: "*", profile: ""}
        - {agent_id: "*", profile: good.yaml, colour: red}
        """);
    write("good.yaml", "a: b");

    Resolved resolved = resolve("support");

    assertThat(resolved.source()).isEqualTo(Source.BOUND);
    assertThat(lines(resolved))
        .containsExactly(
            warning("1:1: note: unknown key, ignored"),
            warning(
                "3:3: bindings[0]: must be a mapping of agent_id and profile; the entry is skipped"),
            warning(
                "4:14: bindings[1].agent_id: must be a string that is not blank; the entry is skipped"),
            warning(
                "5:3: bindings[2].agent_id: must be a string that is not blank; the entry is skipped"),
            warning(
                "6:28: bindings[3].profile: must be a string that is not blank; the entry is skipped"),
            warning("7:39: bindings[4].colour: unknown key, ignored"),
            "WARNING "
                + root.resolve("good.yaml")
                + ":1:1: a: unknown key, ignored; known: schema_version, session_intent,"
                + " task_boundary, high_consequence");
  }

  @Test
  void a_defect_of_the_whole_file_is_one_warning_and_the_default_applies() throws IOException {
    write("profile.yaml", "session_intent: {demand_at: never}");

    assertIgnored(
        "- a",
        "1:1: <root>: must be a mapping of schema_version and bindings; the file is ignored");
    assertIgnored(
        "schema_version: 1",
        "1:1: bindings: must be a list of agent_id and profile; the file is ignored");
    assertIgnored(
        "bindings: x",
        "1:11: bindings: must be a list of agent_id and profile; the file is ignored");
    assertIgnored(
        "schema_version: 2\nbindings: []", "1:17: schema_version: must be 1; the file is ignored");
    assertIgnored(
        "bindings: [",
        "1:12: <root>: not valid YAML: expected the node content, but found '<stream end>'; the file is ignored");
    assertIgnored(
        "1: 2",
        "1:1: <root>: int key 1 at <root>: keys must be strings; put it in quotes; the file is ignored");
  }

  @Test
  void a_resolution_that_is_a_directory_is_one_warning() throws IOException {
    Files.createDirectory(root.resolve("resolution.yaml"));

    Resolved resolved = resolve("any");

    assertThat(resolved.source()).isEqualTo(Source.NONE);
    assertThat(lines(resolved))
        .containsExactly(
            warning("1:1: <root>: this is a directory, not a file; the file is ignored"));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void a_default_profile_that_is_a_link_to_nowhere_is_named() throws IOException {
    Files.createSymbolicLink(root.resolve("profile.yaml"), root.resolve("nowhere"));

    assertThat(lines(resolve("any")))
        .containsExactly(
            "ERROR " + root.resolve("profile.yaml") + ":1:1: <root>: the file does not exist");
  }

  @Test
  void a_profile_that_was_resolved_does_not_change_with_its_file() throws IOException {
    write("profile.yaml", "session_intent: {demand_at: never}");
    Profile running = resolve("any").profile();
    String hash = running.contentHash();

    write("profile.yaml", "task_boundary: [");

    assertThat(running.demandAt()).isEqualTo(DemandAt.NEVER);
    assertThat(running.contentHash()).isEqualTo(hash);
    assertThat(resolve("any").profile()).isNull();
    assertThat(Profile.fromSnapshot(running.canonicalText()).contentHash()).isEqualTo(hash);
  }

  private void assertIgnored(String text, String message) throws IOException {
    write("resolution.yaml", text);

    Resolved resolved = resolve("any");

    assertThat(lines(resolved)).containsExactly(warning(message));
    assertThat(resolved.source()).isEqualTo(Source.DEFAULT);
  }

  private Resolved resolve(String agentId) {
    return new ProfileResolution(root, home.toString()).resolve(agentId);
  }

  private String warning(String message) {
    return "WARNING " + root.resolve("resolution.yaml") + ":" + message;
  }

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static List<String> lines(Resolved resolved) {
    return resolved.problems().stream().map(p -> p.severity() + " " + p.oneLine()).toList();
  }
}
