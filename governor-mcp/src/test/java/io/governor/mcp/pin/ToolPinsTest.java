package io.governor.mcp.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolPinsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path root;

  private ToolPins pins;

  @BeforeEach
  void below() {
    pins = ToolPins.below(root);
  }

  @Test
  void whatWasPinnedIsReadAgain() throws IOException {
    PinnedServer kept = list("files", Map.of("read", "Reads.", "\u00fc/\"", "Odd."));
    PinnedServer changed = list("files", Map.of("read", "Reads all.", "write", "Writes."));

    assertThat(pins.read("files")).isEqualTo(changed).isNotEqualTo(kept);
    assertThat(changed.changes())
        .extracting(ToolChange::tool, ToolChange::state)
        .containsExactlyInAnyOrder(
            tuple("read", ToolPin.State.CHANGED),
            tuple("\u00fc/\"", ToolPin.State.VANISHED),
            tuple("write", ToolPin.State.NEW));
  }

  @Test
  void onlyTheOwnerCanReadThem() throws IOException {
    list("../Files", Map.of("read", "Reads."));

    try (var files = Files.list(root.resolve("pins"))) {
      assertThat(files)
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
    assertThat(pins.all()).extracting(PinnedServer::server).containsExactly("../Files");
  }

  @Test
  void anUnchangedListWritesNothing() throws IOException {
    list("files", Map.of("read", "Reads."));
    Path file = root.resolve("pins").resolve("files.json");
    Files.setLastModifiedTime(file, FileTime.from(NOW));

    list("files", Map.of("read", "Reads."));

    assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(NOW);
  }

  @Test
  void acceptedToolsAreTrustedAndVanishedOnesForgotten() throws IOException {
    list("files", Map.of("read", "Reads.", "old", "Old."));
    PinnedServer changed = list("files", Map.of("read", "Reads all.", "write", "Writes."));

    PinnedServer some = changed.accepted(Set.of("read"), NOW);
    PinnedServer all = changed.accepted(changed.tools().keySet(), NOW);

    assertThat(some.isTrusted("read")).isTrue();
    assertThat(some.isTrusted("write")).isFalse();
    assertThat(all.changes()).isEmpty();
    assertThat(all.tools()).containsOnlyKeys("read", "write");
  }

  @Test
  void aToolThatComesBackUnderAnotherNameIsRecognised() throws IOException {
    pins.update("s", before -> before.heard(schema("old"), NOW).listed(Set.of("old")));
    PinnedServer now =
        pins.update("s", before -> before.heard(schema("new"), NOW).listed(Set.of("new")));

    assertThat(now.changes()).hasSize(1);
    assertThat(now.changes().get(0).tool()).isEqualTo("new");
    assertThat(now.changes().get(0).renamedFrom()).isEqualTo("old");
  }

  private static Map<String, ToolDefinition> schema(String name) {
    Map<String, ?> schema = Map.of("properties", Map.of("path", Map.of()));
    return Map.of(name, ToolDefinition.of(Map.of("inputSchema", schema, "description", name)));
  }

  @Test
  void toolsOfTwoServersWithOneNameAreTold() throws IOException {
    list("files", Map.of("read", "Reads.", "stat", "Looks."));
    list("web", Map.of("read", "Reads pages."));

    assertThat(ToolPins.shadows(pins.all())).isEqualTo(Map.of("read", Set.of("files", "web")));
  }

  @Test
  void aFileThatCannotBeReadIsNotReplaced() throws IOException {
    Path file = root.resolve("pins").resolve("files.json");
    for (String text : List.of("", "{", "{}", "[]", "{\"pins\":1,\"server\":\"files\"}")) {
      Files.createDirectories(root.resolve("pins"));
      Files.writeString(file, text);

      assertThatThrownBy(() -> list("files", Map.of())).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> pins.all()).isInstanceOf(IOException.class);
      assertThat(file).hasContent(text);
    }
  }

  @Test
  void moreToolsThanArePinnedAreNotTakenForPinnedOnes() {
    Map<String, ToolDefinition> many = new LinkedHashMap<>();
    for (int i = 0; i <= PinnedServer.MOST; i++) {
      many.put("t" + i, ToolDefinition.of(Map.of()));
    }

    PinnedServer server = PinnedServer.unknown("s").heard(many, NOW);

    assertThat(server.tools()).hasSize(PinnedServer.MOST);
    assertThat(server.tools()).doesNotContainKey("t" + PinnedServer.MOST);
  }

  private PinnedServer list(String server, Map<String, String> tools) throws IOException {
    Map<String, ToolDefinition> page = new LinkedHashMap<>();
    tools.forEach((name, text) -> page.put(name, ToolDefinition.of(Map.of("description", text))));
    return pins.update(server, before -> before.heard(page, NOW).listed(page.keySet()));
  }
}
