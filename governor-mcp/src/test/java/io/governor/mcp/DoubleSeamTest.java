package io.governor.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Decision;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.seam.CallMarks;
import io.governor.testkit.RecordingTraceSink;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call that an adapter in the client has governed already. */
class DoubleSeamTest {

  private static final ToolArguments ARGUMENTS = ToolArguments.ofJson("{\"path\":\"/a\"}");
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\","
          + "\"arguments\":{\"path\":\"/a\"},\"_meta\":{%s}}}";
  private static final String DONE =
      "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"42\"}]}}";

  @TempDir private Path root;

  private final RecordingTraceSink trace = new RecordingTraceSink();

  @Test
  void itIsCountedThereAndTheMarkDoesNotReachTheServer() {
    Talk talk = talk();

    assertThat(talk.client(CALL.formatted("1", "read", mark("read") + ",\"progressToken\":1")))
        .isEqualTo(CALL.formatted("1", "read", "\"progressToken\":1"));
    assertThat(talk.server(DONE.formatted("1"))).isEqualTo(DONE.formatted("1"));
    assertThat(talk.client(CALL.formatted("2", "read", "\"x\": 1 , " + mark("read"))))
        .isEqualTo(CALL.formatted("2", "read", "\"x\": 1"));
    assertThat(talk.client(CALL.formatted("3", "read", mark("read"))))
        .isEqualTo(CALL.formatted("3", "read", ""));

    assertThat(Events.calls(trace, "mcp__files__read")).isEmpty();
    assertThat(Events.results(trace)).isEmpty();
  }

  @Test
  void whatThisProxysOwnRulesRefuseIsRefusedAndRecordedUnderTheSameId() {
    Talk talk = talk(Rule.named("ACME-101").tools("mcp__files__delete").mode(Mode.ENFORCE).deny());

    assertThat(talk.refused(CALL.formatted("1", "delete", mark("delete")))).contains("ACME-101");

    assertThat(Events.calls(trace, "mcp__files__delete").get(0).governor().callId())
        .isEqualTo("call-7");
  }

  @Test
  void aMarkForAnotherCallOrAShownOneIsNoneAndGoesOnAsItCame() {
    Talk talk = talk();
    String mark = mark("read");
    String other = CALL.formatted("1", "write", mark);
    assertThat(talk.client(other)).isEqualTo(other);
    talk.client(CALL.formatted("2", "read", mark));
    String shown = CALL.formatted("3", "read", mark);
    assertThat(talk.client(shown)).isEqualTo(shown);
    String forged = CALL.formatted("4", "read", "\"io.governor/call\":\"1.e30.AAAA\"");
    assertThat(talk.client(forged)).isEqualTo(forged);

    assertThat(Events.calls(trace, "mcp__files__write")).hasSize(1);
    assertThat(Events.calls(trace, "mcp__files__read")).hasSize(2);
  }

  @Test
  void aProxyThatRecognisesNobodyCountsForItself() {
    Talk talk = new Talk(governor(), null, false);
    String marked = CALL.formatted("1", "read", mark("read"));

    assertThat(talk.client(marked)).isEqualTo(marked);
    assertThat(Events.calls(trace, "mcp__files__read")).hasSize(1);
  }

  private String mark(String tool) {
    try (Governor client = Governor.builder().trace(event -> {}).build();
        GovernedSession session = client.session().open()) {
      Decision decision = session.before(ToolCall.of(tool, ARGUMENTS).withId("call-7"));
      return "\"io.governor/call\":\""
          + CallMarks.below(root).mark(decision, tool, ARGUMENTS)
          + "\"";
    }
  }

  private Talk talk(Rule... rules) {
    return new Talk(governor(rules), CallMarks.below(root), false);
  }

  private Governor governor(Rule... rules) {
    return Governor.builder().trace(trace).rules(rules).build();
  }
}
