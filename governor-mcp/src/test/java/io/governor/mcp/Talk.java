package io.governor.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Origin;
import io.governor.json.StrictJson;
import io.governor.seam.CallMarks;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Frames as texts, through conversations of one session. */
final class Talk {

  /** The members that each request of 2026-07-28 has in its {@code _meta}. */
  static final String META =
      "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
          + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"c\",\"version\":\"1\"},"
          + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

  private final SessionParts parts;
  private Conversation conversation;

  Talk(Governor governor) {
    this(governor, null, false);
  }

  Talk(Governor governor, CallMarks marks, boolean errors) {
    GovernedSession session = governor.session().origin(Origin.MCP).open();
    this.parts =
        new SessionParts(session, new ServerTools("files"), new Unfinished(), marks, errors);
    another();
  }

  /** What comes now comes over another connection of the same session. */
  Talk another() {
    conversation = new Conversation(parts, ClientQuestions.none());
    return this;
  }

  /** What the server gets of a client's frame. */
  String client(String frame) {
    return onward(Side.CLIENT, frame);
  }

  /** What the client gets of a server's frame. */
  String server(String frame) {
    return onward(Side.SERVER, frame);
  }

  /** What a client is answered in the server's place. */
  String refused(String frame) {
    Passage passage = pass(Side.CLIENT, frame).join();
    assertThat(passage.onward()).as("nothing goes on").isNull();
    return text(passage.back().get(0));
  }

  private String onward(Side sender, String frame) {
    Passage passage = pass(sender, frame).join();
    assertThat(passage.back()).isEmpty();
    return text(passage.onward());
  }

  CompletableFuture<Passage> pass(Side sender, String frame) {
    return conversation.pass(sender, frame.getBytes(StandardCharsets.UTF_8)).toCompletableFuture();
  }

  static Map<?, ?> result(String frame) throws Exception {
    return (Map<?, ?>) ((Map<?, ?>) StrictJson.parse(frame, Frame.LIMITS)).get("result");
  }

  private static String text(byte[] frame) {
    assertThat(frame).as("a frame").isNotNull();
    return new String(frame, StandardCharsets.UTF_8);
  }
}
