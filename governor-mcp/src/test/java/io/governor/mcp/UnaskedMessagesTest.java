package io.governor.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a process says unasked, to clients whose connections break. */
@Timeout(30)
class UnaskedMessagesTest {

  private final UnaskedMessages messages = new UnaskedMessages();

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {"none, ''", "3, ''", "1, 2 3", "0, 1 2 3", "-7, 1 2 3", "x, ''", "9, ''"})
  void whoeverResumesGetsWhatCameBehindTheLastEvent(String lastEventId, String expected)
      throws Exception {
    for (int i = 1; i <= 3; i++) {
      messages.add(("\"m" + i + "\"").getBytes(StandardCharsets.UTF_8));
    }
    assertThat(heard(null)).isEqualTo(events("1 2 3"));

    assertThat(heard(lastEventId)).isEqualTo(events(expected));
  }

  @Test
  void whatAClientDidNotTakeTheNextOneGets() throws Exception {
    messages.add("\"m1\"".getBytes(StandardCharsets.UTF_8));
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("gone");
          }
        };

    assertThatThrownBy(() -> messages.to(gone, null)).isInstanceOf(IOException.class);

    assertThat(heard(null)).isEqualTo(events("1"));
  }

  @Test
  void ofWhatWasHeardTheNewestIsKept() throws Exception {
    for (int i = 1; i <= UnaskedMessages.MAX_MESSAGES + 10; i++) {
      messages.add("1".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(heard(null)).startsWith("id: 11\n");
    assertThat(heard("5")).startsWith("id: 11\n");
  }

  /** All there is; the stream ends when there is no more. */
  private String heard(String lastEventId) throws Exception {
    messages.close();
    ByteArrayOutputStream client = new ByteArrayOutputStream();
    messages.to(client, lastEventId);
    return client.toString(StandardCharsets.UTF_8);
  }

  private static String events(String numbers) {
    StringBuilder events = new StringBuilder();
    for (String number : numbers.isEmpty() ? new String[0] : numbers.split(" ")) {
      events.append("id: ").append(number).append("\ndata: \"m").append(number).append("\"\n\n");
    }
    return events.toString();
  }
}
