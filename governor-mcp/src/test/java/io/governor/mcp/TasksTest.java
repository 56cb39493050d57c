package io.governor.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.ToolResult;
import io.governor.testkit.RecordingTraceSink;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that go on as tasks, as 2025-11-25 has them and as the extension of 2026-07-28 does. */
class TasksTest {

  private static final String OLD_CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"build\","
          + "\"arguments\":{\"of\":\"x\"},\"task\":{\"ttl\":60000}}}";
  private static final String OLD_TASK =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"task\":{\"taskId\":\"t-1\",\"status\":\"working\","
          + "\"ttl\":60000},\"_meta\":{\"io.modelcontextprotocol/model-immediate-response\":\"soon\"}}}";
  private static final String GET_RESULT =
      "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"tasks/result\",\"params\":{\"taskId\":\"t-1\"}}";
  private static final String RESULT =
      "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"built\"}],"
          + "\"isError\":false,\"_meta\":{\"io.modelcontextprotocol/related-task\":{\"taskId\":\"t-1\"}}}}";

  private static final String NEW_CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"build\","
          + "\"arguments\":{\"of\":\"x\"},"
          + Talk.META
          + "}}";
  private static final String NEW_TASK =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"resultType\":\"task\",\"taskId\":\"t-1\","
          + "\"status\":\"working\",\"ttlMs\":null}}";
  private static final String GET =
      "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"tasks/get\",\"params\":{\"taskId\":\"t-1\","
          + Talk.META
          + "}}";
  private static final String COMPLETED =
      "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"resultType\":\"complete\",\"taskId\":\"t-1\","
          + "\"status\":\"completed\",\"ttlMs\":1.50,\"result\":{\"content\":[{\"type\":\"text\","
          + "\"text\":\"built\"}]}}}";
  private static final String ASKING =
      "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"resultType\":\"complete\",\"taskId\":\"t-1\","
          + "\"status\":\"input_required\",\"inputRequests\":{\"q\":{\"method\":\"elicitation/create\","
          + "\"params\":{\"message\":\"sure?\"}}}}}";
  private static final String UPDATE =
      "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"tasks/update\",\"params\":{\"taskId\":\"t-1\","
          + "\"inputResponses\":{\"q\":{\"action\":\"accept\",\"content\":{\"word\":\"yes\"}}},"
          + Talk.META
          + "}}";

  private static final Rule DENY_RESULT =
      Rule.named("ACME-101")
          .onResult()
          .tools("mcp__files__build")
          .when(facts -> "built".equals(facts.result().value()))
          .mode(Mode.ENFORCE)
          .deny();
  private static final Rule REDACT_RESULT =
      Rule.named("ACME-102")
          .onResult()
          .tools("mcp__files__build")
          .when(facts -> "built".equals(facts.result().value()))
          .mode(Mode.ENFORCE)
          .redactResult(result -> ToolResult.ofText("[redacted]"));

  private final RecordingTraceSink trace = new RecordingTraceSink();

  @Test
  void theResultOfATaskIsOnRecordOnceAndUnderTheCallThatBeganIt() {
    Talk talk = oldTask();

    same(talk, GET_RESULT.formatted("2"), RESULT.formatted("2"));
    same(talk, GET_RESULT.formatted("3"), RESULT.formatted("3"));

    assertThat(Events.calls(trace, "mcp__files__build")).hasSize(1);
    assertThat(Events.results(trace)).hasSize(1);
    assertThat(Events.results(trace).get(0).governor().callId())
        .isEqualTo(Events.calls(trace, "mcp__files__build").get(0).governor().callId());
  }

  @Test
  void theResultOfATaskIsWithheldOrRedactedLikeTheCalls() {
    Talk denied = oldTask(DENY_RESULT);
    denied.client(GET_RESULT.formatted("2"));
    assertThat(denied.server(RESULT.formatted("2"))).contains("\"isError\":true", "ACME-101");

    Talk redacted = oldTask(REDACT_RESULT);
    redacted.client(GET_RESULT.formatted("2"));
    assertThat(redacted.server(RESULT.formatted("2")))
        .isEqualTo(RESULT.formatted("2").replace("built", "[redacted]"));
  }

  @Test
  void whatTheModelIsToldAtOnceIsLookedAtToo() {
    Rule deny =
        Rule.named("ACME-103")
            .onResult()
            .when(facts -> String.valueOf(facts.result().value()).contains("soon"))
            .mode(Mode.ENFORCE)
            .deny();
    Talk talk = talk(deny);
    talk.client(OLD_CALL);

    assertThat(talk.server(OLD_TASK)).contains("\"isError\":true", "ACME-103");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tasks/get", "tasks/list", "tasks/cancel"})
  void whatHoldsNoResultGoesOnAsItCame(String method) {
    Talk talk = oldTask(DENY_RESULT);
    String ask = GET_RESULT.formatted("2").replace("tasks/result", method);

    same(
        talk,
        ask,
        "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"taskId\":\"t-1\",\"status\":\"working\"}}");
  }

  @Test
  void theResultOfATaskThatBeganBeforeUsIsJudgedUnderTheMethodsName() {
    Rule deny =
        Rule.named("ACME-104")
            .onResult()
            .tools("mcp__files__*")
            .when(facts -> "built".equals(facts.result().value()))
            .mode(Mode.ENFORCE)
            .deny();
    Talk talk = talk(deny);
    talk.client(GET_RESULT.formatted("2"));

    assertThat(talk.server(RESULT.formatted("2"))).contains("ACME-104");
  }

  @Test
  void aClientsTaskIsJudgedAsTheServersRequestThatBeganIt() {
    Rule deny =
        Rule.named("ACME-105")
            .onResult()
            .tools("mcp__files__sampling/createMessage")
            .when(facts -> String.valueOf(facts.result().value()).contains("said"))
            .mode(Mode.ENFORCE)
            .deny();
    Talk talk = talk(deny);
    talk.server(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"sampling/createMessage\",\"params\":{\"task\":{}}}");
    talk.client("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"task\":{\"taskId\":\"t-1\"}}}");
    talk.server(GET_RESULT.formatted("2"));

    assertThat(
            talk.client(
                "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"role\":\"assistant\",\"content\":{\"type\":\"text\",\"text\":\"said\"}}}"))
        .contains("\"error\"", "ACME-105");
  }

  @Test
  void aResultInsideATaskIsTheCallsResultHoweverOftenItIsAskedFor() {
    Talk talk = newTask();

    same(talk, GET.formatted("2"), NEW_TASK.replace("\"id\":1", "\"id\":2"));
    same(talk.another(), GET.formatted("3"), COMPLETED.formatted("3"));
    same(talk.another(), GET.formatted("3"), COMPLETED.formatted("3"));

    assertThat(Events.calls(trace, "mcp__files__build")).hasSize(1);
    assertThat(Events.results(trace)).hasSize(1);
  }

  @Test
  void aResultInsideATaskIsRedactedInPlace() {
    Talk talk = newTask(REDACT_RESULT);
    talk.client(GET.formatted("2"));

    assertThat(talk.server(COMPLETED.formatted("2")))
        .isEqualTo(COMPLETED.formatted("2").replace("built", "[redacted]"));
  }

  @Test
  void aResultThatIsWithheldLeavesATaskThatCompletedWithTheRefusal() throws Exception {
    Talk talk = newTask(DENY_RESULT);
    talk.client(GET.formatted("2"));

    Map<?, ?> task = Talk.result(talk.server(COMPLETED.formatted("2")));

    assertThat(task.get("status")).isEqualTo("completed");
    assertThat(task.get("resultType")).isEqualTo("complete");
    assertThat(task.get("result").toString()).contains("isError=true", "ACME-101");
  }

  @Test
  void whatIsToldUnaskedIsJudgedToo() {
    String told =
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tasks\",\"params\":{\"taskId\":\"t-1\","
            + "\"status\":\"completed\",\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"built\"}]}}}";

    assertThat(newTask(REDACT_RESULT).another().server(told))
        .isEqualTo(told.replace("built", "[redacted]"));
    assertThat(newTask(DENY_RESULT).another().server(told)).contains("ACME-101");
    assertThat(newTask().server(told)).isEqualTo(told);
  }

  @Test
  void whatATaskAsksForIsOnRecordOnceHoweverOftenItIsTold() {
    Talk talk = newTask();
    same(talk, GET.formatted("2"), ASKING.formatted("2"));
    same(talk, GET.formatted("3"), ASKING.formatted("3"));
    same(
        talk,
        UPDATE.formatted("4"),
        "{\"jsonrpc\":\"2.0\",\"id\":4,\"result\":{\"resultType\":\"complete\"}}");

    assertThat(Events.calls(trace, "mcp__files__elicitation/create")).hasSize(1);
    assertThat(Events.results(trace)).as("the client's answer").hasSize(1);
    assertThat(Events.calls(trace, "mcp__files__build")).hasSize(1);
  }

  @Test
  void aTaskThatAsksWhatARuleDeniesEndsForItsClient() throws Exception {
    Rule deny =
        Rule.named("ACME-106").tools("mcp__files__elicitation/create").mode(Mode.ENFORCE).deny();
    Talk talk = newTask(deny);
    talk.client(GET.formatted("2"));

    Map<?, ?> task = Talk.result(talk.server(ASKING.formatted("2")));

    assertThat(task.get("status")).isEqualTo("completed");
    assertThat(task.containsKey("inputRequests")).isFalse();
    assertThat(task.get("result").toString()).contains("ACME-106").doesNotContain("sure?");
  }

  @Test
  void whatATaskIsToldIsAnArgumentOfTheCallThatBeganIt() {
    Rule deny =
        Rule.named("ACME-107")
            .tools("mcp__files__build")
            .when(
                facts ->
                    facts.text("/of").equals("x")
                        && facts.text("/inputResponses/q/content/word").equals("yes"))
            .mode(Mode.ENFORCE)
            .deny();
    Talk talk = newTask(deny);
    same(talk, GET.formatted("2"), ASKING.formatted("2"));

    assertThat(talk.refused(UPDATE.formatted("3"))).contains("-32001", "ACME-107");
  }

  private Talk oldTask(Rule... rules) {
    Talk talk = talk(rules);
    same(talk, OLD_CALL, OLD_TASK);
    return talk;
  }

  private Talk newTask(Rule... rules) {
    Talk talk = talk(rules);
    same(talk, NEW_CALL, NEW_TASK);
    return talk;
  }

  private static void same(Talk talk, String request, String answer) {
    assertThat(talk.client(request)).isEqualTo(request);
    assertThat(talk.server(answer)).isEqualTo(answer);
  }

  private Talk talk(Rule... rules) {
    return new Talk(Governor.builder().trace(trace).rules(rules).build());
  }
}
