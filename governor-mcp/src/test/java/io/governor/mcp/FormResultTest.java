package io.governor.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Approval;
import io.governor.CallLimit;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Mode;
import io.governor.Origin;
import io.governor.Rule;
import io.governor.ToolArguments;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.GovernorMember.Asked;
import io.governor.event.TraceEvent;
import io.governor.testkit.RecordingTraceSink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 2026-07-28: a client is asked about its call inside the result, frame by frame. */
@Timeout(60)
class FormResultTest {

  static final String YES = "{\"action\":\"accept\",\"content\":{\"decision\":\"approve\"}}";

  private static final String FORMS = "\"elicitation\":{}";
  private static final String SERVERS = "\"who\":{\"action\":\"accept\",\"content\":{\"n\":1.50}}";

  private static final Rule ASK =
      Rule.named("ACME-105")
          .tools("mcp__files__write")
          .reason("Writing needs a person.")
          .mode(Mode.ENFORCE)
          .ask();

  private final RecordingTraceSink trace = new RecordingTraceSink();
  private final CompletableFuture<Asked> recorded = new CompletableFuture<>();
  private final AtomicInteger approver = new AtomicInteger();
  private final List<Governor> governors = new ArrayList<>();
  private Session session = session(Duration.ofMinutes(5), ASK);

  @AfterEach
  void close() {
    governors.forEach(Governor::close);
  }

  @Test
  void aYesLetsTheVeryCallRunUnderItsNewIdAndItIsOnRecordOnce() throws Exception {
    Form form = form(session.client(call("1", "a", "")));

    String again =
        session.client(call("\"two\"", "a", form.answered(YES)).replace("\"u-1\"", "\"u-2\""));

    assertThat(again).isEqualTo(call("\"two\"", "a", "").replace("\"u-1\"", "\"u-2\""));
    assertThat(calls()).hasSize(1);
    assertThat(asked(0)).isEqualTo(new Asked("client", true));
    session.server("{\"jsonrpc\":\"2.0\",\"id\":\"two\",\"result\":{\"content\":[]}}");
    assertThat(Events.results(trace)).hasSize(1);
    assertThat(Events.results(trace).get(0).governor().callId())
        .isEqualTo(calls().get(0).governor().callId());
    assertThat(approver).hasValue(0);
  }

  @Test
  void theFormNamesTheRuleAndNoArgumentAndItsNamesAreNeverTheSame() throws Exception {
    String shown = session.client(call("1", "canary", ""));
    Form one = form(shown);
    Form two = form(session.client(call("2", "canary", "")));

    assertThat(shown)
        .contains("\"resultType\":\"input_required\"", "\"method\":\"elicitation/create\"")
        .contains("mcp__files__write by agent.", "ACME-105: Writing needs a person.")
        .doesNotContain("canary");
    assertThat(List.of(one.key(), one.state(), two.key(), two.state()))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("governor-[0-9a-f]{64}"));
    assertThat(calls()).as("nothing is decided").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"action\":\"decline\"}",
        "{\"action\":\"cancel\"}",
        "{\"action\":\"accept\"}",
        "{\"action\":\"accept\",\"content\":{\"decision\":\"deny\"}}",
        "{\"action\":\"accept\",\"content\":{\"decision\":true}}",
        "{\"action\":\"decline\",\"content\":{\"decision\":\"approve\"}}",
        "{\"result\":{\"action\":\"accept\",\"content\":{\"decision\":\"approve\"}}}",
        "null",
        "\"approve\"",
        "[]",
      })
  void everythingElseIsANo(String answer) throws Exception {
    Form form = form(session.client(call("1", "a", "")));

    String refused = session.client(call("2", "a", form.answered(answer)));

    assertThat(refused)
        .contains("\"id\":2", "\"isError\":true", "\"resultType\":\"complete\"")
        .contains("ACME-105", "a person said no");
    assertThat(calls()).hasSize(1);
    assertThat(asked(0)).isEqualTo(new Asked("client", false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",\"inputResponses\":{}",
        ",\"inputResponses\":null",
        ",\"inputResponses\":[" + YES + "]",
        ",\"inputResponses\":{\"decision\":" + YES + "}",
        ",\"inputResponses\":{\"governor-0\":" + YES + "}",
      })
  void aRepetitionThatDoesNotAnswerTheFormIsANo(String responses) throws Exception {
    Form form = form(session.client(call("1", "a", "")));

    String refused = session.client(call("2", "a", responses + form.withState()));

    assertThat(refused).contains("ACME-105", "a person said no");
  }

  @Test
  void aYesIsGoodForOneRepetition() throws Exception {
    Form form = form(session.client(call("1", "a", "")));
    String again = call("2", "a", form.answered(YES));
    session.client(again);

    Form asked = form(session.client(call("3", "a", form.answered(YES))));

    assertThat(asked.state()).isNotEqualTo(form.state());
    assertThat(session.client(call("4", "a", asked.answered(YES))))
        .as("what is left of the old one does not reach the server")
        .isEqualTo(call("4", "a", ""));
    assertThat(calls()).hasSize(2);
  }

  @Test
  void anAnswerAfterANoComesTooLate() throws Exception {
    Form form = form(session.client(call("1", "a", "")));
    session.client(call("2", "a", form.answered("{\"action\":\"decline\"}")));

    form(session.client(call("3", "a", form.answered(YES))));
  }

  @Test
  void anotherCallIsAskedAboutByItself() throws Exception {
    Form form = form(session.client(call("1", "a", "")));

    Form other = form(session.client(call("2", "b", form.answered(YES))));

    assertThat(session.client(call("3", "b", other.answered(YES)))).isEqualTo(call("3", "b", ""));
    assertThat(session.client(call("4", "a", form.answered(YES))))
        .as("the first one still waits")
        .isEqualTo(call("4", "a", ""));
  }

  @Test
  void aYesToOneToolIsNoneToAnother() throws Exception {
    session = session(Duration.ofMinutes(5), ASK, also("mcp__files__delete"));
    Form form = form(session.client(call("1", "a", "")));

    form(session.client(call("2", "a", form.answered(YES)).replace("\"write\"", "\"delete\"")));
  }

  private static Rule also(String tool) {
    return Rule.named("ACME-106").tools(tool).mode(Mode.ENFORCE).ask();
  }

  @Test
  void anEqualCallIsTheSameHoweverItIsWrittenAndTheFirstOneGoesOn() throws Exception {
    String two = call("1", "a", "").replace("{\"path\":\"a\"}", "{\"path\":\"a\", \"n\":1.50}");
    Form form = form(session.client(two));
    String written =
        call("2", "a", form.answered(YES))
            .replace("{\"path\":\"a\"}", "{ \"n\":15e-1,\"\\u0070ath\":\"a\"}");

    assertThat(session.client(written)).isEqualTo(two.replace("\"id\":1", "\"id\":2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cut", "longer", "other", "swapped", "number"})
  void aStateThatIsNotOursLetsNothingThrough(String how) throws Exception {
    Form form = form(session.client(call("1", "a", "")));
    String state =
        switch (how) {
          case "cut" -> quoted(form.state().substring(1));
          case "longer" -> quoted(form.state() + "0");
          case "other" -> quoted("governor-" + "0".repeat(64));
          case "swapped" -> quoted(form.key());
          default -> "7";
        };
    String call =
        call(
            "2",
            "a",
            ",\"inputResponses\":{\"%s\":%s},\"requestState\":%s"
                .formatted(form.key(), YES, state));

    form(session.client(call));
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  @Test
  void theStateOfAnotherSessionLetsNothingThrough() throws Exception {
    Form form = form(session.client(call("1", "a", "")));
    Session other = session(Duration.ofMinutes(5), ASK);
    form(other.client(call("1", "a", "")));

    form(other.client(call("2", "a", form.answered(YES))));
  }

  @Test
  void anotherConnectionOfTheSessionMayBringTheAnswer() throws Exception {
    Form form = form(session.client(call("1", "a", "")));
    session.another();

    assertThat(session.client(call("2", "a", form.answered(YES)))).isEqualTo(call("2", "a", ""));
  }

  @Test
  void ofTwoRepetitionsAtOnceOneRuns() throws Exception {
    Form form = form(session.client(call("1", "a", "")));

    List<CompletableFuture<String>> both = new ArrayList<>();
    for (int i = 2; i < 10; i++) {
      String again = call(String.valueOf(i), "a", form.answered(YES));
      both.add(CompletableFuture.supplyAsync(() -> session.client(again)));
    }

    assertThat(both.stream().map(CompletableFuture::join).filter(each -> !isForm(each))).hasSize(1);
  }

  private static boolean isForm(String frame) {
    return frame.contains("input_required");
  }

  @Test
  void aClientThatNeverComesBackIsOnRecordWhenTheTimeIsOverAndComesTooLate() throws Exception {
    session = session(Duration.ofMillis(1), ASK);
    Form form = form(session.client(call("1", "a", "")));

    assertThat(recorded.get(30, TimeUnit.SECONDS)).isEqualTo(new Asked(null, false));

    form(session.client(call("2", "a", form.answered(YES))));
  }

  @Test
  void aClientThatLeavesTakesItsQuestionsWithIt() throws Exception {
    form(session.client(call("1", "a", "")));

    session.conversation.clientLeft();

    assertThat(recorded.get(30, TimeUnit.SECONDS)).isEqualTo(new Asked(null, false));
  }

  @Test
  void ofTooManyOpenFormsTheOldestIsWithdrawn() throws Exception {
    Form oldest = form(session.client(call("1", "a", "")));
    Form next = form(session.client(call("2", "a", "")));
    for (int i = 2; i <= CallForms.MAX; i++) {
      session.client(call("3", "a", ""));
    }

    form(session.client(call("4", "a", oldest.answered(YES))));
    assertThat(isForm(session.client(call("5", "a", next.answered(YES))))).isTrue();
    assertThat(recorded.get(30, TimeUnit.SECONDS)).isEqualTo(new Asked(null, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"elicitation\":{\"url\":{}}", "\"elicitation\":true", "\"x\":{}"})
  void aClientThatShowsNoFormsLeavesItToTheApprover(String capabilities) {
    String call = call("1", "a", "").replace(FORMS, capabilities);

    assertThat(session.client(call)).contains("ACME-105", "a person said no");

    assertThat(approver).hasValue(1);
    assertThat(asked(0)).isEqualTo(new Asked("approver", false));
  }

  @Test
  void aClientThatIsNotToBeAskedLeavesItToTheApprover() {
    session.asks(false);

    assertThat(session.client(call("1", "a", ""))).contains("ACME-105", "a person said no");
  }

  @Test
  void whatNoRuleAsksAboutGoesOnOrIsRefusedAtOnce() {
    session =
        session(
            Duration.ofMinutes(5),
            ASK,
            Rule.named("ACME-107").tools("mcp__files__delete").mode(Mode.ENFORCE).deny());
    String other = call("1", "a", "").replace("\"write\"", "\"read\"");

    assertThat(session.client(other)).isEqualTo(other);
    assertThat(session.client(call("2", "a", "").replace("\"write\"", "\"delete\"")))
        .contains("ACME-107");
    assertThat(session.client(call("3", "a", "").replace("tools/call", "resources/read")))
        .doesNotContain("input_required");
  }

  @Test
  void aCallConsumesItsLimitOnceAndANoNone() throws Exception {
    Rule limit =
        Rule.named("ACME-101")
            .tools("mcp__files__write")
            .limit(new CallLimit(1, Duration.ofHours(1), CallLimit.Scope.SESSION))
            .mode(Mode.ENFORCE)
            .deny();
    session = session(Duration.ofMinutes(5), ASK, limit);
    Form no = form(session.client(call("1", "a", "")));
    session.client(call("2", "a", no.answered("{\"action\":\"decline\"}")));

    Form yes = form(session.client(call("3", "a", "")));
    assertThat(session.client(call("4", "a", yes.answered(YES)))).isEqualTo(call("4", "a", ""));

    assertThat(session.client(call("5", "a", ""))).contains("ACME-101");
  }

  @Test
  void whatARuleTakesOutOfTheCallIsTakenOutWhenItRuns() throws Exception {
    Rule redact =
        Rule.named("ACME-108")
            .tools("mcp__files__write")
            .mode(Mode.ENFORCE)
            .redactArguments(given -> ToolArguments.ofJson(given.json().replace("secret", "[s]")));
    session = session(Duration.ofMinutes(5), ASK, redact);
    Form form = form(session.client(call("1", "secret", "")));

    assertThat(session.client(call("2", "secret", form.answered(YES))))
        .isEqualTo(call("2", "[s]", ""));
  }

  @Test
  void aServerThatAsksAfterwardsIsAnsweredWithoutOurPartsAndNobodyIsAskedAgain() throws Exception {
    Form form = form(session.client(call("1", "a", "")));
    session.client(call("2", "a", form.answered(YES)));
    String asks =
        "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"resultType\":\"input_required\","
            + "\"inputRequests\":{\"who\":{\"method\":\"elicitation/create\",\"params\":{}}},"
            + "\"requestState\":\"s-1\"}}";
    assertThat(session.server(asks)).isEqualTo(asks);

    String both = ",\"inputResponses\":{%s},\"requestState\":\"s-1\"";
    String gathered = call("3", "a", both.formatted(form.response(YES) + "," + SERVERS));

    assertThat(session.client(gathered)).isEqualTo(call("3", "a", both.formatted(SERVERS)));
    assertThat(Events.calls(trace, "mcp__files__write")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCallThatAnswersItsServerGoesOnWithThatAnswerWhenTheClientIsAskedInBetween(boolean gathers)
      throws Exception {
    Rule ofAnswer =
        Rule.named("ACME-109")
            .tools("mcp__files__login")
            .when(facts -> facts.call().arguments().json().contains("inputResponses"))
            .mode(Mode.ENFORCE)
            .ask();
    session = session(Duration.ofMinutes(5), ofAnswer);
    String first = login("1", "");
    assertThat(session.client(first)).isEqualTo(first);
    session.server(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"resultType\":\"input_required\","
            + "\"inputRequests\":{\"who\":{\"method\":\"elicitation/create\",\"params\":{}}},"
            + "\"requestState\":\"s-1\"}}");
    String state = ",\"requestState\":\"s-1\",\"inputResponses\":{" + SERVERS + "}";
    Form form = form(session.client(login("2", state)));

    String answer = form.response(YES) + (gathers ? "," + SERVERS : "");
    String third = ",\"inputResponses\":{" + answer + "}" + form.withState();

    assertThat(session.client(login("3", third))).isEqualTo(login("3", state));
  }

  @Test
  void otherAnswersToTheServerThanTheUserWasAskedAboutAreAnotherCall() throws Exception {
    Form form = form(session.client(call("1", "a", "")));
    String more = ",\"inputResponses\":{" + form.response(YES) + "," + SERVERS + "}";

    Form again = form(session.client(call("2", "a", more + form.withState())));

    assertThat(session.client(call("3", "a", again.answered(YES))))
        .isEqualTo(call("3", "a", ",\"inputResponses\":{" + SERVERS + "}"));
  }

  private static String login(String id, String members) {
    return call(id, "a", members).replace("\"write\"", "\"login\"");
  }

  private static String call(String id, String path, String members) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%s, \"method\":\"tools/call\",\"params\":{\"name\":\"write\","
            .formatted(id)
        + "\"arguments\":{\"path\":\"%s\"},".formatted(path)
        + Talk.META.replace("Capabilities\":{}", "Capabilities\":{" + FORMS + "},\"x\":\"u-1\"")
        + members
        + "}}";
  }

  /** What a client reads out of a result that asks it. */
  record Form(String key, String state) {

    String response(String answer) {
      return "\"" + key + "\":" + answer;
    }

    String withState() {
      return ",\"requestState\":\"" + state + "\"";
    }

    String answered(String answer) {
      return ",\"inputResponses\":{" + response(answer) + "}" + withState();
    }
  }

  static Form form(String frame) throws Exception {
    Map<?, ?> result = Talk.result(frame);
    assertThat(result).as(frame).isNotNull();
    assertThat(result.get("resultType")).as(frame).isEqualTo("input_required");
    Map<?, ?> requests = (Map<?, ?>) result.get("inputRequests");
    assertThat(requests).hasSize(1);
    String key = String.valueOf(requests.keySet().iterator().next());
    return new Form(key, String.valueOf(result.get("requestState")));
  }

  private List<TraceEvent> calls() {
    return trace.events().stream().filter(e -> e.payload() instanceof ScopeAsserted).toList();
  }

  private Asked asked(int call) {
    return calls().get(call).governor().asked();
  }

  private Session session(Duration patience, Rule... rules) {
    Governor governor =
        Governor.builder()
            .trace(
                event -> {
                  trace.accept(event);
                  if (event.payload() instanceof ScopeAsserted) {
                    recorded.complete(event.governor().asked());
                  }
                })
            .rules(rules)
            .approver(
                request -> {
                  approver.incrementAndGet();
                  return CompletableFuture.completedFuture(new Approval(false, request.digest()));
                },
                patience)
            .build();
    governors.add(governor);
    return new Session(governor.session().origin(Origin.MCP).open());
  }

  /** Frames as texts, through conversations of one session. */
  private static final class Session {

    private final SessionParts parts;
    private volatile Conversation conversation;

    Session(GovernedSession session) {
      parts = new SessionParts(session, new ServerTools("files"), false);
      another();
    }

    void another() {
      asks(true);
    }

    void asks(boolean clients) {
      conversation = new Conversation(parts, ClientQuestions.of(clients));
    }

    /** What becomes of a client's frame: what the server gets, or else what the client gets. */
    String client(String frame) {
      return passed(Side.CLIENT, frame);
    }

    String server(String frame) {
      return passed(Side.SERVER, frame);
    }

    private String passed(Side sender, String frame) {
      Passage passage =
          conversation
              .pass(sender, frame.getBytes(StandardCharsets.UTF_8))
              .toCompletableFuture()
              .orTimeout(30, TimeUnit.SECONDS)
              .join();
      byte[] onward = passage.onward();
      byte[] told = onward == null ? passage.back().get(0) : onward;
      return new String(told, StandardCharsets.UTF_8);
    }
  }
}
