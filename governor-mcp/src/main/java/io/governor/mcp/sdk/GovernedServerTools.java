package io.governor.mcp.sdk;

import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Origin;
import io.governor.RuleHit;
import io.governor.SessionBuilder;
import io.governor.mcp.McpConnection;
import io.governor.mcp.McpProxy;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.server.McpSyncListFilter;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Puts a governor between the tools of a server made with the Java SDK and whoever calls them.
 * Built once, beside the server; safe for use by several threads.
 *
 * <pre>{@code
 * GovernedServerTools governed = GovernedServerTools.of(governor, "crm");
 * McpServer.sync(transport)
 *     .tools(governed.of(lookup), governed.of(delete))
 *     .addToolFilter(governed.offered())
 *     .build();
 * }</pre>
 *
 * <p>A call that is refused never reaches the tool: the client gets a result with {@code isError}
 * that names rule and reason. Arguments and results are redacted, warnings stand below the result,
 * and what no rule touches is handed on as the very object it came as. What a tool throws reaches
 * the SDK as before.
 *
 * <p>Each session of the protocol is a session of the governor's; servers do not tell when one is
 * over, so it ends by being idle. Calls of stateless servers share one.
 *
 * <p>Where a rule asks a person, a synchronous tool's own thread waits, as the SDK runs such tools
 * on threads that may ({@code immediateExecution} is the host's to know of); one that is
 * interrupted is a no. An asynchronous tool keeps no thread: it goes on with the answer, on a
 * thread of the governor's.
 */
public final class GovernedServerTools {

  private final Governor governor;
  private final McpConnection server;
  private final McpJsonMapper mapper;

  private GovernedServerTools(Governor governor, McpConnection server, McpJsonMapper mapper) {
    this.governor = governor;
    this.server = server;
    this.mapper = mapper;
  }

  /**
   * The tools of one server, read and written with the SDK's default mapper.
   *
   * @param server the name that rules know the server by, as in {@code mcp__SERVER__TOOL}: letters,
   *     digits, {@code _} and {@code -}
   * @throws IllegalArgumentException if the name is another one
   */
  public static GovernedServerTools of(Governor governor, String server) {
    return of(governor, server, McpJsonDefaults.getMapper());
  }

  /** As {@link #of(Governor, String)}, with the mapper that the server has. */
  public static GovernedServerTools of(Governor governor, String server, McpJsonMapper mapper) {
    McpConnection connection = McpProxy.of(governor, server).connection();
    return new GovernedServerTools(governor, connection, mapper);
  }

  /** A tool of a synchronous server. */
  public McpServerFeatures.SyncToolSpecification of(
      McpServerFeatures.SyncToolSpecification specification) {
    Tool tool = described(specification.tool());
    return new McpServerFeatures.SyncToolSpecification(
        tool,
        (exchange, request) ->
            in(exchange.sessionId())
                .run(request, allowed -> specification.callHandler().apply(exchange, allowed)));
  }

  /** A tool of an asynchronous server. */
  public McpServerFeatures.AsyncToolSpecification of(
      McpServerFeatures.AsyncToolSpecification specification) {
    Tool tool = described(specification.tool());
    return new McpServerFeatures.AsyncToolSpecification(
        tool,
        (exchange, request) ->
            Mono.defer(() -> Mono.just(in(exchange.sessionId())))
                .flatMap(
                    call ->
                        call.runLater(
                            request,
                            allowed -> specification.callHandler().apply(exchange, allowed))));
  }

  /** A tool of a synchronous server without sessions. */
  public McpStatelessServerFeatures.SyncToolSpecification of(
      McpStatelessServerFeatures.SyncToolSpecification specification) {
    Tool tool = described(specification.tool());
    return new McpStatelessServerFeatures.SyncToolSpecification(
        tool,
        (context, request) ->
            in(null).run(request, allowed -> specification.callHandler().apply(context, allowed)));
  }

  /** A tool of an asynchronous server without sessions. */
  public McpStatelessServerFeatures.AsyncToolSpecification of(
      McpStatelessServerFeatures.AsyncToolSpecification specification) {
    Tool tool = described(specification.tool());
    return new McpStatelessServerFeatures.AsyncToolSpecification(
        tool,
        (context, request) ->
            Mono.defer(() -> Mono.just(in(null)))
                .flatMap(
                    call ->
                        call.runLater(
                            request,
                            allowed -> specification.callHandler().apply(context, allowed))));
  }

  /**
   * What to give to {@code McpServer.sync(…).addToolFilter}, if tools that the policy hides ({@code
   * hide: true}) are not to be listed; calls of them are refused in any case.
   */
  public McpSyncListFilter<Tool> offered() {
    return (context, tool) -> server.offers(tool.name());
  }

  private Tool described(Tool tool) {
    ToolAnnotations said = tool.annotations();
    if (said != null) {
      server.described(
          tool.name(),
          new io.governor.ToolAnnotations(said.readOnlyHint(), said.destructiveHint(), false));
    }
    return tool;
  }

  /** A call in a session of the protocol, or where there are none. */
  private ServedCall in(@Nullable String sessionId) {
    McpConnection connection =
        sessionId == null ? server.beside() : server.within(session(sessionId));
    return new ServedCall(connection, mapper, this::enforces);
  }

  private GovernedSession session(String id) {
    SessionBuilder session = governor.session().id(id).origin(Origin.MCP);
    try {
      return session.open();
    } catch (IllegalStateException closed) {
      return session.ended();
    }
  }

  private boolean enforces(String tool) {
    return governor.rulesFor(governor.agent(), server.nameOf(tool)).stream()
        .anyMatch(RuleHit::enforced);
  }
}
