package io.governor.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A JSON document stands as an unknown member of an event: what is no JSON costs the line. */
class JsonConformanceTest {

  @Test
  void unknownMembersAreJsonOrTheLineIsMalformed() throws Exception {
    List<String> cases = Files.readAllLines(ReferenceData.file("json/sample.jsonl"));

    assertThat(cases).isNotEmpty();
    for (String text : cases) {
      JsonNode test = new ObjectMapper().readTree(text);
      byte[] document = Base64.getDecoder().decode(test.get("bytes_b64").asText());
      String expected = test.get("expected").asText();
      if (!expected.equals("either")) {
        assertThat(isRead(document))
            .as(test.get("name").asText())
            .isEqualTo(expected.equals("accept"));
      }
    }
  }

  private static boolean isRead(byte[] document) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    line.writeBytes("{\"event_type\": \"X\", \"later\": ".getBytes(StandardCharsets.US_ASCII));
    line.writeBytes(document);
    line.write('}');
    try {
      EventDecoder.decode(line.toByteArray());
      return true;
    } catch (MalformedEventException e) {
      return false;
    }
  }
}
