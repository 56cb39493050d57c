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
import org.junit.jupiter.params.provider.ValueSource;

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
      List<String> cut = events(stream, 1 + random.nextInt(5));
      assertThat(data(cut)).isEqualTo(data(whole));
      assertThat(String.join("", cut)).isEqualTo(text(stream));
      assertThat(String.join("", whole)).isEqualTo(text(stream));
    }
  }

  /** A newline that comes behind its return, when the event has gone on, is one by itself. */
  private static List<String> data(List<String> events) {
    List<String> data = new ArrayList<>();
    for (String event : events) {
      byte[] read = new ServerEvent(bytes(event)).data();
      if (read != null) {
        data.add(text(read));
      }
    }
    return data;
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void anEventNeedNotWaitForTheByteBehindIt(String end) throws IOException {
    for (int chunk = 1; chunk < 40; chunk++) {
      String stream = ("data: a" + end + end + ": x" + end + "data: b" + end + end);
      List<String> events = events(bytes(stream), chunk);
      assertThat(data(events)).containsExactly("a", "b");
      assertThat(events.get(events.size() - 1)).as("what is left").isEmpty();
    }
  }

  @Test
  void aNewlineBehindAReturnGoesOnAtOnce() throws IOException {
    EventCutter cutter = new EventCutter(1 << 20);

    assertThat(cutter.feed(bytes("data: a\r\n\r"))).hasSize(1);
    assertThat(cutter.feed(bytes("\n"))).containsExactly(bytes("\n"));
    assertThat(cutter.feed(bytes("data: b\r"))).isEmpty();
    assertThat(cutter.feed(bytes("\n\r\n"))).containsExactly(bytes("data: b\r\n\r\n"));
  }

  @Test
  void theNewlineOfALineThatSomebodyElseTookIsHis() throws IOException {
    EventCutter cutter = new EventCutter(1 << 20);
    cutter.takenWithReturn();

    assertThat(cutter.feed(bytes("\nid: 1\r\n\r\n"))).containsExactly(bytes("id: 1\r\n\r\n"));
    cutter.takenWithReturn();
    assertThat(cutter.feed(bytes("id: 2\n\n"))).containsExactly(bytes("id: 2\n\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u000B", "\f", "\u001C", "\u001D", "\u001E", "\u0085", "\u2028", "\u2029"})
  void whatSomeReadersTakeForALineEndHidesNoData(String end) {
    String hidden = "x" + end + "data: {\"hidden\":1}" + end + end + "\n";
    for (String field : List.of(": ", "y: ", "id: ", "event: ", "retry: ", end)) {
      ServerEvent event = new ServerEvent(bytes("id: 1\r\n" + field + hidden + "data: {}\r\n\r\n"));
      assertThat(text(event.raw())).isEqualTo("id: 1\r\ndata: {}\r\n\r\n");
      assertThat(event.id()).isEqualTo("1");
      assertThat(ServerEvent.lastData(bytes(field + hidden + "data: {"))).isNegative();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {\"a\":\"\u2028\u0085\"}\n\n",
        ": \u00e9\u2027\u202a\t\u00a0\u00c2\n\n",
        "x\r\rdata\n\n"
      })
  void whatHidesNothingStaysAsItCame(String event) {
    assertThat(text(new ServerEvent(bytes(event)).raw())).isEqualTo(event);
  }

  @Test
  void otherDataIsOneLineWhateverItHolds() {
    ServerEvent event = new ServerEvent(bytes("data: a\n\n"));
    assertThat(text(event.withData(bytes("{\"a\":\"\u2028\u0085\"\r\n}"))))
        .isEqualTo("data: {\"a\":\"\u2028\u0085\"  }\n\n");
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
