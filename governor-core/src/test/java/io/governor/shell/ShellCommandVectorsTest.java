package io.governor.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.governor.event.ReferenceData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The line between destructive and harmless that others have drawn. */
class ShellCommandVectorsTest {

  @Test
  void destructiveIsWhatTheReferenceDataBlocks() throws IOException {
    List<String> lines =
        Files.readAllLines(ReferenceData.file("shell-commands").resolve("sample.jsonl"));
    List<String> wrong = new ArrayList<>();

    for (int i = 0; i < lines.size(); i++) {
      JsonNode row = new ObjectMapper().readTree(lines.get(i));
      boolean expected = row.get("expected").asText().equals("block");
      if (ShellCommand.read(row.get("command").asText()).destructive() != expected) {
        wrong.add("line " + (i + 1) + " should be destructive=" + expected);
      }
    }

    assertThat(lines).isNotEmpty();
    assertThat(wrong).isEmpty();
  }
}
