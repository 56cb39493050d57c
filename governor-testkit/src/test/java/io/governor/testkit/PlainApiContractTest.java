package io.governor.testkit;

import io.governor.Decision;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Intent;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Code that calls the plain API by the book passes the exam. */
class PlainApiContractTest extends AdapterContract {

  @Override
  protected Run start(Governor governor, String prompt) {
    GovernedSession session = open(governor, prompt);
    return new Run() {
      @Override
      public Answer call(String text, Tool tool) {
        return Answer.of(() -> callThrough(session, text, tool));
      }

      @Override
      public void close() {
        session.close();
      }
    };
  }

  GovernedSession open(Governor governor, String prompt) {
    return governor.session().intent(Intent.explicit("Test", "crm")).open();
  }

  String callThrough(GovernedSession session, String text, Tool tool) throws Exception {
    Decision before = session.before(call(text));
    if (before.refused()) {
      return before.message();
    }
    String result = tool.run((String) before.arguments().asMap().get(ARGUMENT));
    Decision after = session.after(before.call(), ToolResult.ofText(result));
    if (after.refused()) {
      return after.message();
    }
    List<String> answer = new ArrayList<>(List.of(after.result().text()));
    answer.addAll(before.warnings());
    return String.join("\n", answer);
  }

  static ToolCall call(String text) {
    return ToolCall.of(TOOL, ToolArguments.of(Map.of(ARGUMENT, text)));
  }
}
