package io.governor.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Approval;
import io.governor.Approver;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.GovernorBuilder;
import io.governor.Mode;
import io.governor.Origin;
import io.governor.Rule;
import io.governor.ToolResult;
import io.governor.testkit.RecordingTraceSink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationTest {

  private static final Rule DENY =
      Rule.named("ACME-101")
          .tools("mcp__files__delete")
          .reason("Not today.")
          .suggest("Ask.")
          .mode(Mode.ENFORCE)
          .deny();

  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\","
          + "\"params\":{\"name\":\"%s\",\"arguments\":{\"path\":\"/a\"}}}";

  private final RecordingTraceSink trace = new RecordingTraceSink();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"x\":[1.50,1e3]}}",
        " { \"method\" : \"ping\" , \"id\" : \"0\",\"jsonrpc\":\"2.0\", \"_x\":null } ",
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/of/tomorrow\",\"params\":[1,2]}",
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"method/of/tomorrow\",\"extra\":{}}",
        "[{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}, {\"jsonrpc\":\"2.0\",\"id\":8,\"method\":\"ping\"}]",
        "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{\"name\":\"r\\u0065ad\"},\"z\":\"\\ud83d\"}",
      })
  void whatNoRuleTouchesGoesOnAsItCame(String frame) {
    Passage passage = conversation(DENY).client(frame);

    assertThat(text(passage.onward())).isEqualTo(frame);
    assertThat(passage.back()).isEmpty();
  }

  @Test
  void aDeniedCallIsAnsweredUnderItsOwnIdAndDoesNotGoOn() {
    Wire wire = conversation(DENY);
    for (String id : List.of("0", "\"0\"", "1.0", "-7", "\"\\u0061\"", "12345678901234567890")) {
      Passage passage = wire.client(CALL.formatted("delete").replace("\"id\":1", "\"id\":" + id));

      assertThat(passage.onward()).isNull();
      assertThat(text(passage.back().get(0)))
          .isEqualTo(
              "{\"jsonrpc\":\"2.0\",\"id\":"
                  + id
                  + ",\"result\":{\"_meta\": {\"io.governor/rules\": [\"ACME-101\"]},"
                      .replace(": ", ":")
                  + "\"content\":[{\"text\":\"Refused by rule ACME-101. Not today. Ask.\","
                  + "\"type\":\"text\"}],\"isError\":true}}");
    }
  }

  @Test
  void aNameWrittenWithEscapesIsTheSameName() {
    Passage passage = conversation(DENY).client(CALL.formatted("d\\u0065lete"));

    assertThat(passage.onward()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"method\":\"tools/call\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"a\",\"name\":\"b\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"a\",\"arguments\":{\"p\":1,\"p\":2}}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":7}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"result\":{}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1}",
      })
  void whatCouldBeReadInTwoWaysIsRefusedUnderItsId(String frame) {
    Passage passage = conversation(DENY).client(frame);

    assertThat(passage.onward()).isNull();
    assertThat(passage.back()).hasSize(1);
    assertThat(text(passage.back().get(0))).contains("\"id\":1,\"error\":{\"code\":-32");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "7", "null", "{\"id\":{}}", "\u0000", "{\"id\":1,\"id\":2}"})
  void whatIsNoMessageIsRefusedWithoutAnId(String frame) {
    Passage passage = conversation(DENY).client(frame);

    assertThat(passage.onward()).isNull();
    assertThat(text(passage.back().get(0))).contains("\"id\":null,\"error\"");
  }

  @Test
  void eachMessageOfABatchIsJudgedAndTheRestGoesOn() {
    String read = CALL.formatted("read").replace("\"id\":1", "\"id\":2");
    Passage passage = conversation(DENY).client("[" + CALL.formatted("delete") + "," + read + "]");

    assertThat(text(passage.onward())).isEqualTo(read);
    assertThat(passage.back()).hasSize(1);
  }

  @Test
  void argumentsAreRewrittenInPlace() {
    Rule redact =
        Rule.named("ACME-102")
            .tools("mcp__files__read")
            .mode(Mode.ENFORCE)
            .redactArguments(
                arguments -> io.governor.ToolArguments.ofJson("{\"path\":\"[redacted]\"}"));

    Passage passage = conversation(redact).client(CALL.formatted("read") + " ");

    assertThat(text(passage.onward()))
        .isEqualTo(CALL.formatted("read").replace("/a", "[redacted]") + " ");
  }

  @Test
  void ofAResultOnlyWhatARuleTookOutIsExchanged() {
    Rule redact =
        Rule.named("ACME-103")
            .onResult()
            .mode(Mode.ENFORCE)
            .redactResult(result -> ToolResult.ofText("[redacted]"));
    Wire wire = conversation(redact);
    wire.client(CALL.formatted("read"));

    Passage passage =
        wire.server(
            "{\"id\":1, \"jsonrpc\":\"2.0\",\"result\":{\"content\":"
                + "[{\"type\":\"text\",\"text\":\"s\\u0065cret\"}],\"_meta\":{\"n\":1.50}}}");

    assertThat(text(passage.onward()))
        .isEqualTo(
            "{\"id\":1, \"jsonrpc\":\"2.0\",\"result\":{\"content\":"
                + "[{\"type\":\"text\",\"text\":\"[redacted]\"}],\"_meta\":{\"n\":1.50}}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"error\":{\"code\":-32000,\"message\":\"%s\"}",
        "\"error\":{\"code\":-32000,\"message\":\"it failed\",\"data\":{\"why\":[\"%s\"]}}",
        "\"error\":{\"message\":\"it failed\",\"code\":\"%s\"}",
        "\"error\":\"%s\"",
        "\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"a\"}],\"tomorrow\":[\"%s\"]}",
        "\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"%s\"}],\"_meta\":{\"k\":\"v\"}}",
        "\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"a\",\"annotations\":{\"k\":\"%s\"}}]}",
      })
  void aServerHasNoPlaceInAnAnswerThatRulesDoNotLookAt(String answer) {
    String secret = "4111-0000-SECRET";
    Wire wire = conversation(redacting(secret));
    wire.client(CALL.formatted("read"));

    String sent = "{\"jsonrpc\":\"2.0\",\"id\":1," + answer.formatted(secret) + "}";
    String passed = text(wire.server(sent).onward());

    assertThat(passed).doesNotContain(secret).contains("\"id\":1,");
  }

  @Test
  void ofAnErrorOnlyWhatARuleTookOutIsExchanged() {
    Wire wire = conversation(redacting("SECRET"));
    wire.client(CALL.formatted("read"));
    String error =
        "{\"jsonrpc\":\"2.0\", \"id\":1,\"error\":{\"data\":[1.50],\"code\":-32000,\"message\":\"%s\"}}";

    Passage passage = wire.server(error.formatted("SECRET"));

    assertThat(text(passage.onward())).isEqualTo(error.formatted("[redacted]"));
  }

  @Test
  void anErrorThatIsDeniedIsWithheld() {
    Rule deny = Rule.named("ACME-105").onResult().reason("Not that.").mode(Mode.ENFORCE).deny();
    Wire wire = conversation(deny);
    wire.client(CALL.formatted("read"));

    Passage passage =
        wire.server("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":1,\"message\":\"SECRET\"}}");

    assertThat(text(passage.onward())).contains("ACME-105", "\"id\":1,").doesNotContain("SECRET");
  }

  @Test
  void aBrokenRequestOfTheServersTakesNoAnswerFromAClientThatCountsLikeIt() {
    Wire wire = conversation(DENY);
    wire.client(CALL.formatted("read"));

    Passage broken =
        wire.server(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"roots/list\",\"params\":{\"a\":1,\"a\":2}}");
    assertThat(broken.onward()).isNull();

    String answer = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[]}}";
    assertThat(text(wire.server(answer).onward())).isEqualTo(answer);
  }

  private static Rule redacting(String secret) {
    return Rule.named("ACME-104")
        .onResult()
        .mode(Mode.ENFORCE)
        .redactResult(result -> result.withValue(without(secret, result.value())));
  }

  private static @Nullable Object without(String secret, @Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      Map<Object, @Nullable Object> after = new LinkedHashMap<>();
      members.forEach((name, member) -> after.put(name, without(secret, member)));
      return after;
    }
    if (value instanceof List<?> items) {
      List<@Nullable Object> after = new ArrayList<>();
      items.forEach(item -> after.add(without(secret, item)));
      return after;
    }
    return value instanceof String text ? text.replace(secret, "[redacted]") : value;
  }

  @Test
  void bothSidesCountTheirRequestsForThemselves() {
    Wire wire = conversation(DENY);
    String ping = "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"ping\"}";
    String pong = "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{}}";

    assertThat(wire.client(ping).onward()).isNotNull();
    assertThat(wire.server(ping).onward()).isNotNull();
    assertThat(wire.server(pong).onward()).isNotNull();
    assertThat(wire.client(pong).onward()).isNotNull();
    assertThat(wire.server(pong).onward()).as("nobody waits for a second answer").isNull();
  }

  @Test
  void anIdThatIsStillWaitingIsNotTakenTwice() {
    Wire wire = conversation(DENY);
    wire.client(CALL.formatted("read"));

    Passage again = wire.client(CALL.formatted("read"));

    assertThat(again.onward()).isNull();
    assertThat(text(again.back().get(0))).contains("\"id\":1,\"error\"");
  }

  @Test
  void whoWaitsForAnAnswerThatCannotBeReadGetsAnError() {
    Wire wire = conversation(DENY);
    wire.client(CALL.formatted("read"));

    Passage passage = wire.server("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"a\":1,\"a\":2}}");

    assertThat(text(passage.onward())).startsWith("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":");
  }

  @Test
  void whatTheServerAsksForIsGovernedToo() {
    Rule sampling =
        Rule.named("ACME-104")
            .tools("mcp__files__sampling/createMessage")
            .mode(Mode.ENFORCE)
            .deny();

    Passage passage =
        conversation(sampling)
            .server(
                "{\"jsonrpc\":\"2.0\",\"id\":\"s1\",\"method\":\"sampling/createMessage\","
                    + "\"params\":{\"messages\":[]}}");

    assertThat(passage.onward()).isNull();
    assertThat(text(passage.back().get(0)))
        .startsWith("{\"jsonrpc\":\"2.0\",\"id\":\"s1\",\"error\":{\"code\":-32001");
  }

  @Test
  void othersGoOnWhileAPersonIsAskedAndACancelledQuestionIsNotAnswered() {
    CompletableFuture<Approval> answer = new CompletableFuture<>();
    Approver approver = request -> answer;
    Rule ask = Rule.named("ACME-105").tools("mcp__files__write").mode(Mode.ENFORCE).ask();
    Wire wire =
        new Wire(
            Governor.builder()
                .trace(trace)
                .rules(ask)
                .approver(approver, Duration.ofMinutes(1))
                .build());

    CompletableFuture<Passage> asked = wire.pass(Side.CLIENT, CALL.formatted("write"));
    assertThat(wire.client("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}").onward())
        .isNotNull();
    assertThat(asked).isNotDone();
    wire.client(
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}");
    answer.complete(new Approval(false, ""));

    assertThat(asked.join()).isEqualTo(Passage.NOTHING);
  }

  @Test
  void whoStillWaitsWhenTheServerEndsIsAnswered() {
    Wire wire = conversation(DENY);
    wire.client(CALL.formatted("read"));

    List<byte[]> answers = wire.conversation.gone(Side.SERVER);

    assertThat(answers).hasSize(1);
    assertThat(text(answers.get(0))).startsWith("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\"");
    assertThat(wire.conversation.gone(Side.SERVER)).isEmpty();
  }

  @Test
  void nothingAPassageOrMessageHoldsIsPrinted() throws RefusedFrame {
    String canary = "canary-51f2";
    byte[] frame = CALL.formatted("read").replace("/a", canary).getBytes(StandardCharsets.UTF_8);

    assertThat(Frame.read(frame).toString() + Frame.read(frame).parts() + Passage.onward(frame))
        .doesNotContain(canary);
  }

  private Wire conversation(Rule... rules) {
    GovernorBuilder builder = Governor.builder().trace(trace).rules(rules);
    return new Wire(builder.build());
  }

  private static final class Wire {

    private final Conversation conversation;

    Wire(Governor governor) {
      GovernedSession session = governor.session().origin(Origin.MCP).open();
      conversation = new Conversation(session, new ServerTools("files"), false);
    }

    Passage client(String frame) {
      return pass(Side.CLIENT, frame).join();
    }

    Passage server(String frame) {
      return pass(Side.SERVER, frame).join();
    }

    CompletableFuture<Passage> pass(Side sender, String frame) {
      return conversation
          .pass(sender, frame.getBytes(StandardCharsets.UTF_8))
          .toCompletableFuture();
    }
  }

  private static String text(byte[] frame) {
    assertThat(frame).as("a frame").isNotNull();
    return new String(frame, StandardCharsets.UTF_8);
  }
}
