package io.governor.spring.boot;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import io.governor.TraceSink;
import io.governor.event.EventType;
import io.governor.event.GovernorMember;
import io.governor.event.GovernorMember.PolicyRef;
import io.governor.event.TraceEvent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A span {@code execute_tool NAME} for each governed call, from before it is judged until its
 * result was; the parent is whatever span is current. It has the tool's name and the call's id,
 * what was decided and by which rules, and the class of what the tool threw; never an argument, a
 * result or a message. The names are those of OpenTelemetry's semantic conventions for generative
 * AI, in development; {@code governor.*} is ours. Safe for use by several threads.
 */
final class ToolSpans implements TraceSink {

  private static final AttributeKey<String> OPERATION =
      AttributeKey.stringKey("gen_ai.operation.name");
  private static final AttributeKey<String> TOOL = AttributeKey.stringKey("gen_ai.tool.name");
  private static final AttributeKey<String> TYPE = AttributeKey.stringKey("gen_ai.tool.type");
  private static final AttributeKey<String> CALL_ID = AttributeKey.stringKey("gen_ai.tool.call.id");
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
  private static final AttributeKey<String> DECISION = AttributeKey.stringKey("governor.decision");
  private static final AttributeKey<Boolean> ENFORCED =
      AttributeKey.booleanKey("governor.enforced");
  private static final AttributeKey<String> ON_RESULT =
      AttributeKey.stringKey("governor.result.decision");
  private static final AttributeKey<List<String>> RULES =
      AttributeKey.stringArrayKey("governor.rule.id");
  private static final AttributeKey<String> POLICY =
      AttributeKey.stringKey("governor.policy.version");

  /** Where the span of the call is found again; another's must not be written to. */
  private static final ContextKey<Call> OURS = ContextKey.named("governor-execute-tool");

  /** One call on its way, on one thread. */
  private record Call(Span span, Set<String> rules) {}

  private final Tracer tracer;

  ToolSpans(Tracer tracer) {
    this.tracer = tracer;
  }

  /** The executor with a span around each call. */
  ToolExecutor around(ToolExecutor governed) {
    return new ToolExecutor() {
      @Override
      public @Nullable ToolExecutionResult executeWithContext(
          ToolExecutionRequest request, @Nullable InvocationContext context) {
        return within(request, () -> governed.executeWithContext(request, context));
      }

      @Override
      public @Nullable String execute(ToolExecutionRequest request, @Nullable Object memoryId) {
        return within(request, () -> governed.execute(request, memoryId));
      }
    };
  }

  @SuppressWarnings("try") // the scope is there to be closed
  private <T extends @Nullable Object> T within(ToolExecutionRequest request, Supplier<T> call) {
    Span span = begin(request);
    try (Scope scope = context(span).makeCurrent()) {
      return call.get();
    } catch (Throwable failure) {
      span.setStatus(StatusCode.ERROR);
      span.setAttribute(ERROR, failure.getClass().getName());
      throw failure;
    } finally {
      span.end();
    }
  }

  private static Context context(Span span) {
    return Context.current().with(span).with(OURS, new Call(span, new TreeSet<>()));
  }

  private Span begin(ToolExecutionRequest request) {
    Span span =
        tracer
            .spanBuilder("execute_tool " + request.name())
            .setAttribute(OPERATION, "execute_tool")
            .setAttribute(TOOL, request.name())
            .setAttribute(TYPE, "function")
            .startSpan();
    if (request.id() != null) {
      span.setAttribute(CALL_ID, request.id());
    }
    return span;
  }

  /** Events come on the thread that makes the call, while its span is current. */
  @Override
  public void accept(TraceEvent event) {
    GovernorMember member = event.governor();
    Call call = Context.current().get(OURS);
    if (call != null && member != null && member.verdict() != null) {
      decided(call, member, event.type().equals(EventType.SCOPE_ASSERTED));
    }
  }

  private static void decided(Call call, GovernorMember member, boolean onCall) {
    Span span = call.span();
    span.setAttribute(onCall ? DECISION : ON_RESULT, member.verdict());
    if (onCall) {
      span.setAttribute(ENFORCED, Boolean.TRUE.equals(member.enforced()));
    }
    member.rules().forEach(rule -> call.rules().add(rule.id()));
    if (!call.rules().isEmpty()) {
      span.setAttribute(RULES, List.copyOf(call.rules()));
    }
    PolicyRef policy = member.policy();
    if (policy != null) {
      span.setAttribute(POLICY, policy.id() + "@" + policy.revision());
    }
  }
}
