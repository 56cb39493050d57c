package io.governor.benchmarks;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolService;
import io.governor.Agent;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Intent;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.ToolResult;
import io.governor.TraceSink;
import io.governor.langchain4j.GovernedTools;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A {@code @Tool} method called through LangChain4j's executor: bare, governed with the five
 * standard rules and a sink that keeps nothing, and what core alone spends on the same call.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class ToolExecutorBenchmark {

  private static final String FOUND = "{\"name\":\"Ada\",\"plan\":\"pro\"}".repeat(8);
  private static final ToolExecutionRequest REQUEST =
      ToolExecutionRequest.builder()
          .id("call-1")
          .name("crm.lookup")
          .arguments("{\"customer\":\"c-4711\",\"limit\":20}")
          .build();

  private final Governor governor =
      Governor.builder().agent(Agent.named("bot").version("1.0")).trace(TraceSink.none()).build();
  private final InvocationContext context =
      InvocationContext.builder()
          .invocationId(UUID.randomUUID())
          .userMessage(UserMessage.from("Who is this?"))
          .build();
  private final List<AiServiceTool> tools = ToolService.findTools(new Crm());
  private final ToolExecutor bare = tools.get(0).toolExecutor();
  private final ToolExecutor governed =
      GovernedTools.with(governor).build().of(tools).get(0).toolExecutor();
  private final GovernedSession session =
      governor.session().intent(Intent.explicit("Answer a ticket", "crm")).open();

  /** The tool: it does next to nothing, so that what is left is the way to it. */
  public static final class Crm {

    /** Looks a customer up. */
    @Tool(name = "crm.lookup")
    public String lookup(String customer, int limit) {
      return limit > 0 && !customer.isEmpty() ? FOUND : "";
    }
  }

  @TearDown
  public void close() {
    governor.close();
  }

  @Benchmark
  public String bare() {
    return bare.executeWithContext(REQUEST, context).resultText();
  }

  @Benchmark
  public String governed() {
    return governed.executeWithContext(REQUEST, context).resultText();
  }

  /** Subtract it from what the wrapper adds for what the adapter adds by itself. */
  @Benchmark
  public Object coreAlone() {
    ToolCall call = ToolCall.of(REQUEST.name(), ToolArguments.ofJson(REQUEST.arguments()));
    ToolCall judged = session.before(call.withId(REQUEST.id())).call();
    return session.after(judged, ToolResult.ofText(FOUND));
  }
}
