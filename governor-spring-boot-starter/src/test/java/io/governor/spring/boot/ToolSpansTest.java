package io.governor.spring.boot;

import static io.governor.spring.boot.Contexts.deny;
import static io.governor.spring.boot.Contexts.packageOf;
import static io.governor.spring.boot.Contexts.scanning;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.TraceSink;
import io.governor.langchain4j.GovernedTools;
import io.governor.spring.boot.services.Assistant;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Each governed call has a span that says what became of it and nothing it carried. */
class ToolSpansTest {

  @RegisterExtension
  static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

  private static final String CANARY = "canary-17";
  private static final String ARGUMENTS = "{\"text\":\"" + CANARY + "\"}";

  private final Script script = new Script();

  private ApplicationContextRunner application(Crm crm) {
    return scanning(packageOf(Assistant.class))
        .withConfiguration(AutoConfigurations.of(GovernorTracingAutoConfiguration.class))
        .withBean(GovernorCustomizer.class, () -> builder -> builder.trace(TraceSink.none()))
        .withBean(ChatModel.class, script::model)
        .withBean("crm", Crm.class, () -> crm);
  }

  private static ApplicationContextRunner traced(ApplicationContextRunner runner) {
    // Not as a bean that is closed with the application: the next test needs it, too.
    return runner.withInitializer(
        context ->
            context
                .getBeanFactory()
                .registerSingleton("openTelemetry", TELEMETRY.getOpenTelemetry()));
  }

  @Test
  @SuppressWarnings("try") // the scope is there to be closed
  void aCallThatRunsIsTheParentOfWhatTheToolDoesAndTheChildOfItsCaller() {
    script.calls("crm.lookup", ARGUMENTS);
    Crm crm =
        new Crm(
            text -> {
              TELEMETRY.getOpenTelemetry().getTracer("t").spanBuilder("select").startSpan().end();
              return "found " + text;
            });
    Rule noted = Rule.named("ACME-102").tools("crm.*").mode(Mode.OBSERVE).warn();
    traced(application(crm))
        .withBean(Rule.class, () -> noted)
        .run(
            context -> {
              Span request =
                  TELEMETRY.getOpenTelemetry().getTracer("t").spanBuilder("request").startSpan();
              try (Scope scope = request.makeCurrent()) {
                context.getBean(Assistant.class).ask("Who?");
              } finally {
                request.end();
              }

              SpanData call = span("execute_tool crm.lookup");
              assertThat(call.getParentSpanId()).isEqualTo(span("request").getSpanId());
              assertThat(span("select").getParentSpanId()).isEqualTo(call.getSpanId());
              assertThat(text(call, "gen_ai.operation.name")).isEqualTo("execute_tool");
              assertThat(text(call, "gen_ai.tool.name")).isEqualTo("crm.lookup");
              assertThat(text(call, "gen_ai.tool.call.id")).startsWith("call-");
              assertThat(text(call, "governor.decision")).isEqualTo("warn");
              assertThat(call.getAttributes().get(AttributeKey.booleanKey("governor.enforced")))
                  .isFalse();
              assertThat(rules(call)).containsExactly("ACME-102");
              assertThat(call.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
              assertThat(script.result()).isEqualTo("found " + CANARY);
              assertNothingOfTheCall();
            });
  }

  @Test
  void aCallThatIsDeniedHasASpanToo() {
    script.calls("crm.lookup", ARGUMENTS);
    traced(application(new Crm()))
        .withBean(Rule.class, () -> deny("crm.lookup"))
        .run(
            context -> {
              context.getBean(Assistant.class).ask("Who?");

              SpanData call = span("execute_tool crm.lookup");
              assertThat(text(call, "governor.decision")).isEqualTo("deny");
              assertThat(call.getAttributes().get(AttributeKey.booleanKey("governor.enforced")))
                  .isTrue();
              assertThat(rules(call)).containsExactly("ACME-101");
              assertNothingOfTheCall();
            });
  }

  @Test
  void aToolThatThrowsLeavesItsClassAndNotItsMessage() {
    script.calls("crm.lookup", ARGUMENTS);
    Crm crm =
        new Crm(
            text -> {
              throw new IllegalStateException(text);
            });
    traced(application(crm))
        .run(
            context -> {
              context.getBean(Assistant.class).ask("Who?");

              SpanData call = span("execute_tool crm.lookup");
              assertThat(call.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
              assertThat(text(call, "error.type")).endsWith("Exception");
              assertNothingOfTheCall();
            });
  }

  @Test
  void withoutABeanOfOpenTelemetryThereAreNoSpans() {
    script.calls("crm.lookup", ARGUMENTS);
    application(new Crm())
        .run(
            context -> {
              context.getBean(Assistant.class).ask("Who?");
              assertThat(TELEMETRY.getSpans()).isEmpty();
            });
  }

  @Test
  void withoutOpenTelemetryOnTheClassPathToolsAreGovernedAllTheSame() {
    script.calls("crm.lookup", ARGUMENTS);
    application(new Crm())
        .withClassLoader(new FilteredClassLoader("io.opentelemetry"))
        .withBean(Rule.class, () -> deny("crm.lookup"))
        .run(
            context -> {
              assertThat(context).hasSingleBean(GovernedTools.class);
              context.getBean(Assistant.class).ask("Who?");
              assertThat(script.result()).contains("ACME-101");
            });
  }

  private static SpanData span(String name) {
    List<SpanData> spans =
        TELEMETRY.getSpans().stream().filter(span -> span.getName().equals(name)).toList();
    assertThat(spans).as(name).hasSize(1);
    return spans.get(0);
  }

  private static String text(SpanData span, String attribute) {
    return span.getAttributes().get(AttributeKey.stringKey(attribute));
  }

  private static List<String> rules(SpanData span) {
    return span.getAttributes().get(AttributeKey.stringArrayKey("governor.rule.id"));
  }

  private static void assertNothingOfTheCall() {
    assertThat(TELEMETRY.getSpans().toString()).doesNotContain(CANARY);
  }
}
