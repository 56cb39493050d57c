package io.governor.mcp;

import io.governor.detect.Detectors;
import io.governor.detect.Redactor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An MCP server on standard streams that offers tools and nothing else, in the protocol versions
 * 2025-03-26 to 2025-11-25. Whatever a tool returns passes the redactor with all built-in
 * detectors; answers longer than {@value #LONGEST} bytes are refused. Requests are answered one
 * after the other. Immutable; serves one client at a time.
 */
public final class AgentServer {

  /** Bytes of a tool's answer. */
  public static final int LONGEST = 1 << 18;

  private static final Logger LOG = LoggerFactory.getLogger(AgentServer.class);
  private static final int LONGEST_LINE = 1 << 20;
  private static final List<String> VERSIONS = List.of("2025-11-25", "2025-06-18", "2025-03-26");
  private static final Detectors DETECTORS = Detectors.builtIn();

  private final String name;
  private final String version;
  private final Map<String, AgentTool> tools = new LinkedHashMap<>();

  /**
   * A server of these tools.
   *
   * @param name its name
   * @param version its version
   */
  public AgentServer(String name, String version, List<AgentTool> tools) {
    this.name = name;
    this.version = version;
    tools.forEach(tool -> this.tools.put(tool.name(), tool));
  }

  /**
   * Answers what the client asks until it ends.
   *
   * @throws IOException if a stream breaks
   */
  public void serve(InputStream in, OutputStream out) throws IOException {
    LineFrames frames = new LineFrames(in, LONGEST_LINE);
    FrameWriter writer = new FrameWriter(out);
    for (byte[] line = frames.next(); line != null; line = frames.next()) {
      for (byte[] answer : answers(line)) {
        writer.write(answer);
      }
    }
  }

  private List<byte[]> answers(byte[] line) {
    if (line == LineFrames.TOO_LONG) {
      return Answers.unread(RefusedFrame.tooLong(LONGEST_LINE));
    }
    Frame frame;
    try {
      frame = Frame.read(line);
    } catch (RefusedFrame refused) {
      return Answers.unread(refused);
    }
    List<byte[]> answers = new ArrayList<>();
    for (Frame.Part part : frame.parts()) {
      if (part.message() instanceof Message.Request request) {
        answers.add(answer(frame.rawId(part), request));
      }
    }
    byte[] together = frame.batch() ? Batch.array(answers) : null;
    return together == null ? answers : List.of(together);
  }

  private byte[] answer(byte[] id, Message.Request request) {
    return switch (request.method()) {
      case "initialize" -> Answers.result(id, welcome(request.params().get("protocolVersion")));
      case "ping" -> Answers.result(id, Map.of());
      case "tools/list" ->
          Answers.result(
              id, Map.of("tools", tools.values().stream().map(AgentServer::listed).toList()));
      case "tools/call" -> called(id, request.params());
      default ->
          Answers.error(
              id, -32601, "expected initialize, ping, tools/list or tools/call", Map.of());
    };
  }

  private Map<String, ?> welcome(@Nullable Object asked) {
    Map<String, Object> welcome = new LinkedHashMap<>();
    welcome.put(
        "protocolVersion",
        asked instanceof String spoken && VERSIONS.contains(spoken) ? spoken : VERSIONS.get(0));
    welcome.put("capabilities", Map.of("tools", Map.of()));
    welcome.put("serverInfo", Map.of("name", name, "version", version));
    return welcome;
  }

  private static Map<String, ?> listed(AgentTool tool) {
    return Map.of(
        "name",
        tool.name(),
        "description",
        tool.description(),
        "inputSchema",
        tool.inputSchema(),
        "annotations",
        Map.of("readOnlyHint", tool.readOnly(), "destructiveHint", false, "openWorldHint", false));
  }

  private byte[] called(byte[] id, Map<String, @Nullable Object> params) {
    AgentTool tool = tools.get(String.valueOf(params.get("name")));
    if (tool == null) {
      return Answers.error(id, -32602, "expected the name of a tool", Map.of());
    }
    try {
      return text(id, shown(tool.call(arguments(params.get("arguments")))), false);
    } catch (AgentTool.Refusal refusal) {
      return text(id, redacted(String.valueOf(refusal.getMessage())), true);
    } catch (RuntimeException e) {
      LOG.warn("{} failed: {}", tool.name(), e.getClass().getSimpleName());
      return text(id, "This could not be found out.", true);
    }
  }

  @SuppressWarnings("unchecked") // The reader's objects have names that are strings.
  private static Map<String, @Nullable Object> arguments(@Nullable Object given)
      throws AgentTool.Refusal {
    if (given == null) {
      return Map.of();
    }
    if (!(given instanceof Map<?, ?> members)) {
      throw new AgentTool.Refusal("arguments: expected an object");
    }
    return (Map<String, @Nullable Object>) members;
  }

  /** What is taken out may be shorter than what says so. */
  private static String shown(String answer) throws AgentTool.Refusal {
    return bounded(Redactor.json(bounded(answer), DETECTORS.names(), DETECTORS));
  }

  private static String bounded(String answer) throws AgentTool.Refusal {
    if (answer.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw new AgentTool.Refusal(
          "The answer would be longer than " + LONGEST + " bytes: ask for less at once.");
    }
    return answer;
  }

  private static String redacted(String text) {
    return Redactor.text(text, DETECTORS.names(), DETECTORS);
  }

  private static byte[] text(byte[] id, String text, boolean refused) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("content", List.of(Map.of("type", "text", "text", text)));
    result.put("isError", refused);
    return Answers.result(id, result);
  }
}
