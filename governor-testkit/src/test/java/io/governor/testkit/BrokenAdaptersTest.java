package io.governor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.governor.Decision;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Intent;
import io.governor.ToolResult;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;

/** An exam nobody can fail is none: each of these adapters has one fault, and fails by its name. */
class BrokenAdaptersTest {

  record Fault(Class<? extends AdapterContract> adapter, List<String> found) {
    Fault(Class<? extends AdapterContract> adapter, String... found) {
      this(adapter, List.of(found));
    }

    @Override
    public String toString() {
      return adapter.getSimpleName();
    }
  }

  static List<Fault> faults() {
    return List.of(
        new Fault(
            RunsWhatIsRefused.class,
            "aDeniedCallDoesNotRunAndTheAnswerSaysWhyWithoutValues",
            "aCallThatNeedsApprovalIsRefusedWhereNobodyCanBeAsked",
            "aRuleThatThrowsRefusesWhereItIsEnforced"),
        new Fault(
            ThrowsRefusals.class,
            "aDeniedCallDoesNotRunAndTheAnswerSaysWhyWithoutValues",
            "aCallThatNeedsApprovalIsRefusedWhereNobodyCanBeAsked",
            "aRuleThatThrowsRefusesWhereItIsEnforced"),
        new Fault(
            QuotesArguments.class,
            "aDeniedCallDoesNotRunAndTheAnswerSaysWhyWithoutValues",
            "aCallThatNeedsApprovalIsRefusedWhereNobodyCanBeAsked"),
        new Fault(RunsTheOriginalArguments.class, "theToolSeesRedactedArguments"),
        new Fault(
            HandsOnTheOriginalResult.class,
            "theCallerSeesARedactedResult",
            "aResultThatIsRefusedIsWithheld"),
        new Fault(ForgetsWarnings.class, "aWarningIsDeliveredBesideTheResult"),
        new Fault(TrimsResults.class, "anAllowedCallPassesArgumentsAndResultThrough"),
        new Fault(SwallowsFailures.class, "theToolsOwnExceptionReachesTheHostAndLeavesNoSnapshot"),
        new Fault(
            RecordsFailuresAsResults.class,
            "theToolsOwnExceptionReachesTheHostAndLeavesNoSnapshot"),
        new Fault(
            JudgesTooLate.class,
            "eachCallIsOnRecordBeforeItRunsAndItsResultAfterwards",
            "aDeniedCallDoesNotRunAndTheAnswerSaysWhyWithoutValues"),
        new Fault(
            MixesUpCalls.class,
            "eachCallIsOnRecordBeforeItRunsAndItsResultAfterwards",
            "manyRunsAtOnceKeepTheirEventsApart"),
        new Fault(SharesOneSession.class, "manyRunsAtOnceKeepTheirEventsApart"),
        new Fault(RecordsPrompts.class, "nothingTheCallCarriesIsEverRecorded"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void eachFaultIsFound(Fault fault) {
    assertThat(failuresOf(fault.adapter())).containsAll(fault.found());
  }

  @Test
  void anAdapterWithoutFaultPasses() {
    assertThat(failuresOf(PlainApiContractTest.class)).isEmpty();
  }

  private static Set<String> failuresOf(Class<?> adapter) {
    Set<String> failed = new TreeSet<>();
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(adapter))
        .execute()
        .testEvents()
        .failed()
        .stream()
        .forEach(event -> failed.add(event.getTestDescriptor().getDisplayName().replace("()", "")));
    return failed;
  }

  static class RunsWhatIsRefused extends PlainApiContractTest {
    @Override
    String callThrough(GovernedSession session, String text, Tool tool) throws Exception {
      Decision before = session.before(call(text));
      String result = tool.run(text);
      return before.refused() ? before.message() : result;
    }
  }

  static class ThrowsRefusals extends PlainApiContractTest {
    @Override
    String callThrough(GovernedSession session, String text, Tool tool) throws Exception {
      Decision before = session.before(call(text));
      if (before.refused()) {
        throw new SecurityException(before.message());
      }
      return tool.run(text);
    }
  }

  static class QuotesArguments extends PlainApiContractTest {
    @Override
    String callThrough(GovernedSession session, String text, Tool tool) throws Exception {
      String answer = super.callThrough(session, text, tool);
      return answer.startsWith("Refused") ? answer + " You asked for " + text : answer;
    }
  }

  static class RunsTheOriginalArguments extends PlainApiContractTest {
    @Override
    String callThrough(GovernedSession session, String text, Tool tool) throws Exception {
      return super.callThrough(session, text, seen -> tool.run(text));
    }
  }

  static class HandsOnTheOriginalResult extends PlainApiContractTest {
    @Override
    String callThrough(GovernedSession session, String text, Tool tool) throws Exception {
      Decision before = session.before(call(text));
      if (before.refused()) {
        return before.message();
      }
      String result = tool.run((String) before.arguments().asMap().get(ARGUMENT));
      session.after(before.call(), ToolResult.ofText(result));
      return result;
    }
  }

  static class ForgetsWarnings extends PlainApiContractTest {
    @Override
    String callThrough(GovernedSession session, String text, Tool tool) throws Exception {
      return super.callThrough(session, text, tool).split("\nWarning", -1)[0];
    }
  }

  static class TrimsResults extends PlainApiContractTest {
    @Override
    String callThrough(GovernedSession session, String text, Tool tool) throws Exception {
      return super.callThrough(session, text, tool).replaceAll("\\s+", " ");
    }
  }

  static class SwallowsFailures extends PlainApiContractTest {
    @Override
    String callThrough(GovernedSession session, String text, Tool tool) {
      try {
        return super.callThrough(session, text, tool);
      } catch (Exception failure) {
        return "something went wrong";
      }
    }
  }

  static class RecordsFailuresAsResults extends PlainApiContractTest {
    @Override
    String callThrough(GovernedSession session, String text, Tool tool) throws Exception {
      try {
        return super.callThrough(session, text, tool);
      } catch (IllegalStateException failure) {
        session.after(call(text), ToolResult.ofText("failed"));
        throw failure;
      }
    }
  }

  static class JudgesTooLate extends PlainApiContractTest {
    @Override
    String callThrough(GovernedSession session, String text, Tool tool) throws Exception {
      String result = tool.run(text);
      return super.callThrough(session, text, seen -> result);
    }
  }

  static class MixesUpCalls extends PlainApiContractTest {
    @Override
    String callThrough(GovernedSession session, String text, Tool tool) throws Exception {
      Decision before = session.before(call(text));
      if (before.refused()) {
        return before.message();
      }
      String result = tool.run(text);
      session.after(call(text), ToolResult.ofText(result));
      return result;
    }
  }

  static class SharesOneSession extends PlainApiContractTest {
    @Override
    GovernedSession open(Governor governor, String prompt) {
      return governor.session().id("the-only-one").intent(Intent.explicit("Test", "crm")).open();
    }
  }

  static class RecordsPrompts extends PlainApiContractTest {
    @Override
    GovernedSession open(Governor governor, String prompt) {
      return governor.session().intent(Intent.inferred(prompt, List.of("crm"))).open();
    }
  }
}
