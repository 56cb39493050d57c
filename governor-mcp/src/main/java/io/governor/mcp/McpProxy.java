package io.governor.mcp;

import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Origin;
import io.governor.SessionBuilder;
import io.governor.mcp.pin.ToolPins;
import io.governor.seam.CallMarks;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Stands where an MCP server stood, and hands everything on as it came but for what the governor
 * refuses or rewrites. One connection is one session. Immutable; may serve several connections.
 *
 * <p>Rules know a tool as {@code mcp__SERVER__TOOL}, with the server's name that the host gives and
 * not the one it claims, and the other requests they look at as {@code mcp__SERVER__METHOD}: {@code
 * resources/read}, {@code prompts/get} and {@code completion/complete} of the client, {@code
 * sampling/createMessage} and {@code elicitation/create} of the server.
 *
 * <p>What listens here is the JDK's HTTP server, which holds back the body of an answer for up to
 * 40 ms unless the system property {@code sun.net.httpserver.nodelay} is {@code true} before its
 * first use. The command sets it; in a host's process it is the host's to set.
 */
public final class McpProxy {

  private final Governor governor;
  private final String server;
  private final boolean denialsAsErrors;
  private final boolean asksClients;
  private final @Nullable ToolPins pins;
  private final @Nullable CallMarks marks;

  private McpProxy(
      Governor governor,
      String server,
      boolean denialsAsErrors,
      boolean asksClients,
      @Nullable ToolPins pins,
      @Nullable CallMarks marks) {
    this.governor = governor;
    this.server = server;
    this.denialsAsErrors = denialsAsErrors;
    this.asksClients = asksClients;
    this.pins = pins;
    this.marks = marks;
  }

  /**
   * A proxy in front of one server.
   *
   * @param server the name that rules know it by: letters, digits, {@code _} and {@code -}
   * @throws IllegalArgumentException if the name is another one
   */
  public static McpProxy of(Governor governor, String server) {
    return new McpProxy(governor, ServerName.check(server), false, false, null, null);
  }

  /** Refused tool calls are answered with JSON-RPC errors, for clients that are programs. */
  public McpProxy denialsAsErrors() {
    return new McpProxy(governor, server, true, asksClients, pins, marks);
  }

  /**
   * Where a rule asks, the client's user is asked through elicitation if the client has said that
   * it can, in the place of the governor's approver and within its time-out; a governor without an
   * approver asks nobody. It is the client that shows the question: one that says yes by itself is
   * believed. A client without a session (2026-07-28) gets the question for the result of its tool
   * call, and the call runs when it is made again with a yes. Where clients cannot be asked the
   * approver is: about other requests of such clients, and about requests of a server over HTTP.
   */
  public McpProxy askingClients() {
    return new McpProxy(governor, server, denialsAsErrors, true, pins, marks);
  }

  /**
   * Pins the server's tools the first time all of them are listed, and so its prompts. A call of
   * one that is new, is not listed or says something else afterwards, or holds orders to the model
   * from the first, matches GOV-006 until somebody accepts it; without a policy that is on record
   * and decides nothing. A call of a tool that another pinned server has too bears the flag
   * TOOL_SHADOWED.
   */
  public McpProxy pinned(ToolPins newPins) {
    return new McpProxy(governor, server, denialsAsErrors, asksClients, newPins, marks);
  }

  /**
   * Recognises calls that another process of this installation has governed and marked, as an
   * adapter in the client can, and counts them no more: what this proxy's own rules say of them
   * holds, but they leave no event here unless they are refused or rewritten, consume no limit, and
   * ask nobody who has agreed already under the same policy. The mark does not reach the server.
   */
  public McpProxy recognising(CallMarks newMarks) {
    return new McpProxy(governor, server, denialsAsErrors, asksClients, pins, newMarks);
  }

  private SessionParts parts(ServerTools tools) {
    GovernedSession session = governor.session().origin(Origin.MCP).open();
    return new SessionParts(session, tools, new Unfinished(), marks, denialsAsErrors);
  }

  private Conversation conversation(SessionParts parts) {
    return new Conversation(parts, ClientQuestions.of(asksClients));
  }

  private HttpClients clients() {
    ServerTools tools = tools();
    return new HttpClients(() -> parts(tools), asksClients);
  }

  private ServerTools tools() {
    return new ServerTools(server, watch(server), watch(ToolPins.prompts(server)));
  }

  private PinWatch watch(String pinned) {
    return pins == null ? PinWatch.off(pinned) : PinWatch.of(pins, pinned, InstantSource.system());
  }

  /**
   * Governs messages that the host carries itself; nothing is started and nobody listens. Each
   * connection is a session, which ends when it is closed. It is the governor's approver that is
   * asked. Where the governor is closed already, its rules still hold, and nothing is recorded.
   */
  public McpConnection connection() {
    return new McpConnection(
        new SessionParts(session(), tools(), new Unfinished(), marks, denialsAsErrors));
  }

  private GovernedSession session() {
    SessionBuilder session = governor.session().origin(Origin.MCP);
    try {
      return session.open();
    } catch (IllegalStateException closed) {
      return session.ended();
    }
  }

  /**
   * Starts the server and carries frames between it and a client until it has ended. The session
   * ends with it.
   *
   * @param command the server's argument vector
   * @param environment all of its environment
   * @param in what the client writes
   * @param out what the client reads; nothing else is written there
   * @param log where the server's standard error goes
   * @return the server's exit code
   * @throws IOException if the server cannot be started
   */
  public int stdio(
      List<String> command,
      Map<String, String> environment,
      InputStream in,
      OutputStream out,
      OutputStream log)
      throws IOException, InterruptedException {
    ServerProcess process = ServerProcess.start(command, environment);
    Thread stop = new Thread(process::stop, "governor-mcp-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    SessionParts parts = parts(tools());
    try (parts) {
      Conversation conversation = conversation(parts);
      return new StdioProxy(conversation, process, in, out, log).run();
    } finally {
      process.stop();
      removed(stop);
    }
  }

  /**
   * Carries frames between a client on standard streams and a streamable-HTTP server, until the
   * client ends. The session ends with it.
   *
   * @param url the server's address; redirects from it are never followed
   * @param in what the client writes
   * @param out what the client reads; nothing else is written there
   * @throws IllegalArgumentException if the address is not one of HTTP
   */
  public void stdioToHttp(URI url, InputStream in, OutputStream out) throws InterruptedException {
    ExecutorService executor = Executors.newCachedThreadPool(DaemonThreads.INSTANCE);
    SessionParts parts = parts(tools());
    try (parts) {
      Conversation conversation = conversation(parts);
      new StdioToHttp(conversation, new HttpServerEnd(url, executor), out).run(in);
    } finally {
      executor.shutdownNow();
    }
  }

  /**
   * Fronts a streamable-HTTP server on an address of this machine, until it is closed. Each session
   * of the protocol is a session; clients without one share theirs.
   *
   * @param url the server's address; redirects from it are never followed
   * @param listen the address to listen on; port 0 takes a free one
   * @return the proxy that runs
   * @throws IOException if the address cannot be listened on
   * @throws IllegalArgumentException if the server's address is not one of HTTP, or the other one
   *     is not on loopback
   */
  public Running http(URI url, InetSocketAddress listen) throws IOException {
    onLoopback(listen);
    ExecutorService executor = Executors.newCachedThreadPool(DaemonThreads.INSTANCE);
    HttpClients clients = clients();
    HttpProxy proxy = new HttpProxy(new HttpServerEnd(url, executor), listen, executor, clients);
    return new Running(proxy.address(), proxy::close);
  }

  /**
   * Serves clients over streamable HTTP on an address of this machine, at the path {@code /mcp},
   * until it is closed: each session of the protocol is a process of the server's and a session of
   * the governor's. At most {@value ChildSessions#MAX} at once; the one unused for longest makes
   * room. Clients without a session (2026-07-28) share one process and one session.
   *
   * @param command the server's argument vector
   * @param environment all of its environment
   * @param listen the address to listen on; port 0 takes a free one
   * @param log where the servers' standard error goes
   * @return the proxy that runs
   * @throws IOException if the address cannot be listened on
   * @throws IllegalArgumentException if it is not on loopback
   */
  public Running httpToStdio(
      List<String> command,
      Map<String, String> environment,
      InetSocketAddress listen,
      OutputStream log)
      throws IOException {
    onLoopback(listen);
    ExecutorService executor = Executors.newCachedThreadPool(DaemonThreads.INSTANCE);
    HttpClients clients = clients();
    ChildSessions children =
        new ChildSessions(
            () -> new ChildServer(clients.open(), ServerProcess.start(command, environment), log));
    ServerTools tools = tools();
    SharedChild shared =
        new SharedChild(
            () ->
                new SharedServer(
                    parts(tools),
                    asksClients,
                    ServerProcess.start(command, environment),
                    log,
                    executor));
    HttpToStdio front = new HttpToStdio(listen, executor, children, shared);
    Thread stop =
        new Thread(
            () -> {
              children.close();
              shared.close();
            },
            "governor-mcp-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    return new Running(
        front.address(),
        () -> {
          front.close();
          removed(stop);
        });
  }

  private static void onLoopback(InetSocketAddress listen) {
    if (listen.getAddress() == null || !listen.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException("listen: expected an address on loopback");
    }
  }

  /** A proxy that listens. Safe for use by several threads. */
  public static final class Running implements AutoCloseable {

    private final InetSocketAddress address;
    private final Runnable closing;

    private Running(InetSocketAddress address, Runnable closing) {
      this.address = address;
      this.closing = closing;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
      return address;
    }

    /** Ends it; calls that are under way are cut off. */
    @Override
    public void close() {
      closing.run();
    }
  }

  private static void removed(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is going down already, and the hook with it.
      return;
    }
  }
}
