package io.governor.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Approval;
import io.governor.CallLimit;
import io.governor.Governor;
import io.governor.GovernorBuilder;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.ToolArguments;
import io.governor.ToolResult;
import io.governor.event.TraceEvent;
import io.governor.testkit.RecordingTraceSink;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 2026-07-28: a server asks inside its result, and the client makes the call again. */
class RoundTripTest {

  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"tools/call\",\"params\":{\"name\":\"login\","
          + "\"arguments\":{\"to\":\"crm\"}%s,"
          + Talk.META
          + "}}";
  private static final String AGAIN =
      ",\"inputResponses\":{\"who\":{\"action\":\"accept\",\"content\":{\"name\":\"%s\"}}},"
          + "\"requestState\":\"s-1\"";
  private static final String ASKS =
      "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"resultType\":\"input_required\","
          + " \"inputRequests\":"
          + "{\"who\":{\"method\":\"elicitation/create\",\"params\":{\"message\":\"%s\"}},"
          + "\"roots\":{\"method\":\"roots/list\"}},\"requestState\":\"s-1\",\"x\":1.50}}";
  private static final String DONE =
      "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"resultType\":\"complete\","
          + "\"content\":[{\"type\":\"text\",\"text\":\"welcome\"}]}}";

  private final RecordingTraceSink trace = new RecordingTraceSink();

  @Test
  void whatNoRuleTouchesGoesOnAsItCameAndTheCallIsOnRecordOnce() {
    Talk talk = talk();

    assertSame(talk, "1", "octocat", "who are you?");

    assertThat(calls("mcp__files__login")).hasSize(1);
    assertThat(calls("mcp__files__elicitation/create")).hasSize(1);
    assertThat(results()).as("of the question, and of the call").hasSize(2);
    assertThat(results().get(1).governor().callId())
        .isEqualTo(calls("mcp__files__login").get(0).governor().callId());
  }

  private static void assertSame(Talk talk, String id, String name, String question) {
    String first = CALL.formatted(id, "");
    assertThat(talk.client(first)).isEqualTo(first);
    String asks = ASKS.formatted(id, question);
    assertThat(talk.server(asks)).isEqualTo(asks);
    String again = CALL.formatted("\"again " + id + "\"", AGAIN.formatted(name));
    assertThat(talk.another().client(again)).isEqualTo(again);
    String done = DONE.formatted("\"again " + id + "\"");
    assertThat(talk.server(done)).isEqualTo(done);
  }

  @Test
  void theRepeatedCallConsumesNoLimitAndAnotherCallDoes() {
    Rule limit =
        Rule.named("ACME-101")
            .tools("mcp__files__login")
            .limit(new CallLimit(1, Duration.ofHours(1), CallLimit.Scope.SESSION))
            .mode(Mode.ENFORCE)
            .deny();
    Talk talk = talk(limit);

    assertSame(talk, "1", "octocat", "who?");

    assertThat(talk.refused(CALL.formatted("3", "")))
        .contains("\"isError\":true", "\"resultType\":\"complete\"", "ACME-101");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",\"inputResponses\":{},\"requestState\":\"s-2\"",
        ",\"inputResponses\":{}",
        "",
      })
  void whatIsNotTheAnswerToTheQuestionIsANewCall(String members) {
    Talk talk = talk();
    talk.client(CALL.formatted("1", ""));
    talk.server(ASKS.formatted("1", "who?"));

    talk.client(CALL.formatted("2", members));

    assertThat(calls("mcp__files__login")).hasSize(2);
  }

  @Test
  void aRoundIsGoodForOneRepetition() {
    Talk talk = talk();
    assertSame(talk, "1", "octocat", "who?");

    talk.client(CALL.formatted("9", AGAIN.formatted("octocat")));

    assertThat(calls("mcp__files__login")).hasSize(2);
  }

  @Test
  void otherArgumentsAreAnotherCall() {
    Talk talk = talk();
    talk.client(CALL.formatted("1", ""));
    talk.server(ASKS.formatted("1", "who?"));

    talk.client(CALL.formatted("2", AGAIN.formatted("octocat")).replace("crm", "erp"));

    assertThat(calls("mcp__files__login")).hasSize(2);
  }

  @Test
  void aPersonIsAskedOnceAboutACall() {
    AtomicInteger asked = new AtomicInteger();
    Rule ask = Rule.named("ACME-102").tools("mcp__files__login").mode(Mode.ENFORCE).ask();
    Talk talk =
        new Talk(
            Governor.builder()
                .trace(trace)
                .rules(ask)
                .approver(
                    request -> {
                      asked.incrementAndGet();
                      return CompletableFuture.completedFuture(
                          new Approval(true, request.digest()));
                    },
                    Duration.ofMinutes(1))
                .build());

    assertSame(talk, "1", "octocat", "who?");

    assertThat(asked).hasValue(1);
  }

  @Test
  void aQuestionThatARuleDeniesIsNotPutAndTheCallIsRefused() throws Exception {
    Rule deny =
        Rule.named("ACME-103")
            .tools("mcp__files__elicitation/create")
            .reason("Nobody is asked.")
            .mode(Mode.ENFORCE)
            .deny();
    Talk talk = talk(deny);
    talk.client(CALL.formatted("1", ""));

    Map<?, ?> result = Talk.result(talk.server(ASKS.formatted("1", "who?")));

    assertThat(result.get("isError")).isEqualTo(true);
    assertThat(result.get("resultType")).isEqualTo("complete");
    assertThat(result.toString()).contains("ACME-103", "Nobody is asked.").doesNotContain("who?");
    assertThat(results()).as("the call came to nothing").isEmpty();
  }

  @Test
  void ofAQuestionOnlyWhatARuleTakesOutIsExchanged() {
    Rule redact =
        Rule.named("ACME-104")
            .tools("mcp__files__elicitation/create")
            .mode(Mode.ENFORCE)
            .redactArguments(arguments -> ToolArguments.ofJson("{\"message\":\"[redacted]\"}"));
    Talk talk = talk(redact);
    talk.client(CALL.formatted("1", ""));

    assertThat(talk.server(ASKS.formatted("1", "secret")))
        .isEqualTo(ASKS.formatted("1", "[redacted]"));
    talk.client(CALL.formatted("2", AGAIN.formatted("octocat")));
    assertThat(calls("mcp__files__login")).hasSize(1);
  }

  @Test
  void rulesForResultsOfTheToolSeeItsQuestionsButNotWhatItKeepsForItself() {
    Rule redact =
        Rule.named("ACME-105")
            .onResult()
            .tools("mcp__files__login")
            .mode(Mode.ENFORCE)
            .redactResult(RoundTripTest::withoutState);
    Talk talk = talk(redact);
    talk.client(CALL.formatted("1", ""));

    assertThat(talk.server(ASKS.formatted("1", "secret")))
        .isEqualTo(ASKS.formatted("1", "secret").replace("1.50", "2"));
  }

  private static ToolResult withoutState(ToolResult result) {
    Map<Object, Object> members = new java.util.LinkedHashMap<>((Map<?, ?>) result.value());
    assertThat(members).doesNotContainKey("requestState");
    members.put("x", 2);
    return ToolResult.of(members);
  }

  @Test
  void whatTheClientAnswersIsJudgedAsAnArgumentOfTheCall() {
    Rule deny =
        Rule.named("ACME-106")
            .tools("mcp__files__login")
            .when(facts -> facts.text("/inputResponses/who/content/name").equals("root"))
            .mode(Mode.ENFORCE)
            .deny();
    Talk talk = talk(deny);
    talk.client(CALL.formatted("1", ""));
    talk.server(ASKS.formatted("1", "who?"));

    assertThat(talk.refused(CALL.formatted("2", AGAIN.formatted("root")))).contains("ACME-106");
    assertThat(calls("mcp__files__login")).as("the refusal is on record").hasSize(2);
    assertThat(calls("mcp__files__login").get(1).governor().callId())
        .isEqualTo(calls("mcp__files__login").get(0).governor().callId());
  }

  @Test
  void whatTheClientAnswersIsRedactedInPlaceByRulesForArgumentsOrForResultsOfTheQuestion() {
    Rule ofCall =
        Rule.named("ACME-107")
            .tools("mcp__files__login")
            .mode(Mode.ENFORCE)
            .redactArguments(
                given ->
                    ToolArguments.ofJson(
                        given.json().replace("octocat", "[a]").replace("\"u\"", "\"v\"")));
    Rule ofQuestion =
        Rule.named("ACME-108")
            .onResult()
            .tools("mcp__files__elicitation/create")
            .mode(Mode.ENFORCE)
            .redactResult(
                given -> ToolResult.of(Map.of("action", "accept", "content", Map.of("name", "u"))));
    assertThat(again(talk(ofCall))).isEqualTo(CALL.formatted("2", AGAIN.formatted("[a]")));
    assertThat(again(talk(ofQuestion))).isEqualTo(CALL.formatted("2", AGAIN.formatted("u")));
    assertThat(again(talk(ofQuestion, ofCall)))
        .isEqualTo(CALL.formatted("2", AGAIN.formatted("v")));
  }

  private static String again(Talk talk) {
    talk.client(CALL.formatted("1", ""));
    talk.server(ASKS.formatted("1", "who?"));
    return talk.client(CALL.formatted("2", AGAIN.formatted("octocat")));
  }

  @Test
  void anArgumentOfTheSameNameHidesNothing() {
    Rule deny =
        Rule.named("ACME-109")
            .tools("mcp__files__login")
            .when(facts -> facts.call().arguments().json().contains("root"))
            .mode(Mode.ENFORCE)
            .deny();
    Talk talk = talk(deny);
    String call =
        CALL.formatted("1", AGAIN.formatted("root"))
            .replace("{\"to\":\"crm\"}", "{\"inputResponses\":{}}");

    assertThat(talk.refused(call)).contains("ACME-109");
  }

  @Test
  void resourcesAndPromptsGoRoundInTheSameWay() {
    Rule limit =
        Rule.named("ACME-110")
            .tools("mcp__files__resources/read")
            .limit(new CallLimit(1, Duration.ofHours(1), CallLimit.Scope.SESSION))
            .mode(Mode.ENFORCE)
            .deny();
    Talk talk = talk(limit);
    String read =
        "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"resources/read\",\"params\":{\"uri\":\"file:///a\"%s,"
            + Talk.META
            + "}}";
    talk.client(read.formatted("1", ""));
    talk.server(ASKS.formatted("1", "who?"));

    String again = read.formatted("2", AGAIN.formatted("octocat"));
    assertThat(talk.client(again)).isEqualTo(again);
    assertThat(talk.refused(read.formatted("3", ""))).contains("-32001");
  }

  @Test
  void aResultThatIsOneAndAsksAsWellIsBoth() {
    Rule deny =
        Rule.named("ACME-111")
            .tools("mcp__files__sampling/createMessage")
            .mode(Mode.ENFORCE)
            .deny();
    Talk talk = talk(deny);
    talk.client(CALL.formatted("1", ""));

    String answer =
        talk.server(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[],\"inputRequests\":"
                + "{\"k\":{\"method\":\"sampling/createMessage\",\"params\":{}}}}}");

    assertThat(answer).contains("ACME-111");
    assertThat(results()).hasSize(1);
  }

  private Talk talk(Rule... rules) {
    GovernorBuilder builder = Governor.builder().trace(trace).rules(rules);
    return new Talk(builder.build());
  }

  private List<TraceEvent> calls(String tool) {
    return Events.calls(trace, tool);
  }

  private List<TraceEvent> results() {
    return Events.results(trace);
  }
}
