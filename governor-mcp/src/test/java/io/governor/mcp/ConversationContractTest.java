package io.governor.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Intent;
import io.governor.Origin;
import io.governor.json.CanonicalJson;
import io.governor.json.StrictJson;
import io.governor.testkit.AdapterContract;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Any transport: frames in, frames out, and a server that is a function. */
class ConversationContractTest extends AdapterContract {

  @Override
  protected Run start(Governor governor, String prompt) {
    GovernedSession session = governor.session().intent(Intent.none()).origin(Origin.MCP).open();
    return new Wire(session);
  }

  @Override
  protected String governedName() {
    return "mcp__crm__" + TOOL;
  }

  /** A tool that throws is an error result in this protocol. */
  @Override
  protected void assertFailureReachesTheHost(Throwable thrown, Answer answer) {
    assertThat(answer.text()).isEqualTo("failed: " + thrown.getMessage());
  }

  record Wire(GovernedSession session, Conversation conversation, AtomicInteger ids)
      implements Run {

    Wire(GovernedSession session) {
      this(session, new Conversation(session, new ServerTools("crm"), false), new AtomicInteger());
    }

    @Override
    public Answer call(String text, Tool tool) {
      return Answer.of(() -> ask(text, tool));
    }

    private String ask(String text, Tool tool) throws Exception {
      Map<String, ?> request =
          Map.of(
              "jsonrpc",
              "2.0",
              "id",
              ids.incrementAndGet(),
              "method",
              "tools/call",
              "params",
              Map.of("name", TOOL, "arguments", Map.of(ARGUMENT, text)));
      Passage passage = pass(Side.CLIENT, CanonicalJson.text(request));
      if (passage.onward() == null) {
        return text(passage.back().get(0));
      }
      Passage answer = pass(Side.SERVER, serve(passage.onward(), tool));
      assertThat(answer.onward()).isNotNull();
      return text(answer.onward());
    }

    private Passage pass(Side sender, String frame) {
      return conversation
          .pass(sender, frame.getBytes(StandardCharsets.UTF_8))
          .toCompletableFuture()
          .join();
    }

    static String serve(byte[] frame, Tool tool) throws Exception {
      Map<?, ?> request = (Map<?, ?>) StrictJson.parse(frame, Frame.LIMITS);
      Map<?, ?> arguments = (Map<?, ?>) ((Map<?, ?>) request.get("params")).get("arguments");
      Object id = request.get("id");
      try {
        String said = tool.run((String) arguments.get(ARGUMENT));
        Object content = List.of(Map.of("type", "text", "text", said));
        return message(id, "result", Map.of("content", content, "isError", false));
      } catch (Exception e) {
        return message(id, "error", Map.of("code", -32603, "message", "failed: " + e.getMessage()));
      }
    }

    private static String message(Object id, String member, Map<String, ?> value) {
      return CanonicalJson.text(Map.of("jsonrpc", "2.0", "id", id, member, value));
    }

    static String text(byte[] frame) throws Exception {
      Map<?, ?> answer = (Map<?, ?>) StrictJson.parse(frame, Frame.LIMITS);
      if (answer.get("error") instanceof Map<?, ?> error) {
        return (String) error.get("message");
      }
      List<?> content = (List<?>) ((Map<?, ?>) answer.get("result")).get("content");
      return content.stream()
          .map(each -> (String) ((Map<?, ?>) each).get("text"))
          .collect(java.util.stream.Collectors.joining("\n\n"));
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
