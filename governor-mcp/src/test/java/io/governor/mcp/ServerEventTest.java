package io.governor.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerEventTest {

  private static final String[] PIECES = {
    "data: {\"a\":1}", "data:x", "data", "id: 7", "event: message", ": comment", "retry: 5", "", ""
  };
  private static final String[] ENDS = {"\n", "\r\n", "\r"};

  @Test
  void howeverAStreamIsCutIntoChunksItsEventsAreTheSame() throws IOException {
    SplittableRandom random = Seeds.random();
    for (int i = 0; i < 2_000; i++) {
      byte[] stream = stream(random);
      List<String> whole = events(stream, stream.length);
      assertThat(events(stream, 1 + random.nextInt(5))).isEqualTo(whole);
      assertThat(String.join("", whole)).isEqualTo(text(stream));
    }
  }

  private static byte[] stream(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]).append(ENDS[random.nextInt(ENDS.length)]);
    }
    return bytes(text.toString());
  }

  /** The events, and what is left behind them. */
  private static List<String> events(byte[] stream, int chunk) throws IOException {
    EventCutter cutter = new EventCutter(1 << 20);
    List<String> events = new ArrayList<>();
    for (int at = 0; at < stream.length; at += chunk) {
      byte[] part = Arrays.copyOfRange(stream, at, Math.min(stream.length, at + chunk));
      cutter.feed(part).forEach(event -> events.add(text(event)));
    }
    events.add(text(cutter.rest()));
    return events;
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "'data: {}\n\n', '{}'",
        "'data:{}\r\n\r\n', '{}'",
        "'data: a\ndata: b\n\n', 'a\nb'",
        "'id: 1\ndata: \n\n', -",
        "'id: 1\n\n', -",
        "': data: x\n\n', -",
        "'\uFEFFdata: {}\n\n', '{}'",
        "'id: 1\n\uFEFFdata: {}\n\n', -",
        "'datax: y\n\n', -",
        "'event: message\ndata:  two\nid: 3\n\n', ' two'"
      })
  void dataAreTheLinesThatSaySo(String event, @Nullable String data) {
    byte[] read = new ServerEvent(bytes(event)).data();
    assertThat(read == null ? null : text(read)).isEqualTo(data);
  }

  @Test
  void otherDataLeavesTheRestOfTheEvent() {
    ServerEvent event = new ServerEvent(bytes("id: 4\r\nevent: message\ndata: a\ndata: b\n\n"));
    assertThat(text(event.withData(bytes("{}"))))
        .isEqualTo("id: 4\r\nevent: message\ndata: {}\n\n");
  }

  @Test
  void anEventWithoutEndIsNotCollectedForEver() {
    EventCutter cutter = new EventCutter(1000);
    assertThatThrownBy(() -> cutter.feed(new byte[1001])).isInstanceOf(IOException.class);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(bytes);
    return out.toString(StandardCharsets.UTF_8);
  }
}
