package io.governor.mcp.pin;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.json.StrictJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class ToolDifferencesTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvFileSource(resources = "differences.tsv", delimiter = '\t', quoteCharacter = '\0')
  void whatDiffersIsToldWithWhatWidens(String pinned, String seen, String expected)
      throws Exception {
    List<String> told =
        change(pinned, seen).differences().stream()
            .map(each -> (each.widens() ? "! " : "  ") + each.at() + " " + each.what())
            .toList();

    assertThat(told.stream().map(String::strip).toList())
        .containsExactlyElementsOf(Stream.of(expected.split(" \\| ")).map(String::strip).toList());
  }

  @Test
  void aSchemaTooDeepToBeComparedInPartsIsSaidToWiden() throws Exception {
    String deep = "{\"items\":".repeat(40) + "%s" + "}".repeat(40);

    ToolChange change =
        change(
            "{\"inputSchema\":" + deep.formatted("1") + "}",
            "{\"inputSchema\":" + deep.formatted("2") + "}");

    assertThat(change.differences()).hasSize(1);
    assertThat(change.widens()).isTrue();
  }

  @Test
  void aDefinitionTooLongToBeKeptIsComparedByItsHash() throws Exception {
    String blanks = "x".repeat(ToolDefinition.LONGEST);

    ToolChange change =
        change("{\"description\":\"a" + blanks + "\"}", "{\"description\":\"b" + blanks + "\"}");

    assertThat(change.differences())
        .containsExactly(new Difference("", "is too long to be compared", true));
  }

  static ToolChange change(String pinned, String seen) throws Exception {
    PinnedServer server =
        PinnedServer.unknown("s")
            .heard(Map.of("tool", definition(pinned)), NOW)
            .listed(Set.of("tool"))
            .accepted(Set.of("tool"), NOW)
            .heard(Map.of("tool", definition(seen)), NOW);
    assertThat(server.changes()).hasSize(1);
    return server.changes().get(0);
  }

  static ToolDefinition definition(String json) throws Exception {
    return ToolDefinition.of((Map<?, ?>) StrictJson.parse(json, StrictJson.Limits.HOOK));
  }
}
