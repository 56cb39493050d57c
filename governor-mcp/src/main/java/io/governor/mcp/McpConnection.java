package io.governor.mcp;

import io.governor.GovernedSession;
import io.governor.ToolAnnotations;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What one client and one server say to each other, for transports of the host's own: each message
 * is handed in as it came, and the answer tells what may go on. {@link McpProxy#connection()} opens
 * one. Safe for use by several threads.
 *
 * <p>Messages are JSON-RPC in UTF-8. Each request that goes on must see its answer handed in, or be
 * given to {@link #unanswered}; at most 100,000 of a side wait at once.
 */
public final class McpConnection implements AutoCloseable {

  private final SessionParts parts;
  private final Conversation conversation;

  McpConnection(SessionParts parts) {
    this.parts = parts;
    this.conversation = new Conversation(parts, ClientQuestions.none());
  }

  /**
   * The client has sent a message. Where a rule asks a person, the stage completes when the answer
   * is there, on a thread of ours; otherwise it is complete. It never completes exceptionally.
   */
  public CompletionStage<Passage> fromClient(byte[] message) {
    return conversation.pass(Side.CLIENT, message);
  }

  /** The server has sent a message; as {@link #fromClient} otherwise. */
  public CompletionStage<Passage> fromServer(byte[] message) {
    return conversation.pass(Side.SERVER, message);
  }

  /**
   * What the client sent will never be answered.
   *
   * @return an error for each request of the message that still waited, one message each
   */
  public List<byte[]> unanswered(byte[] message) {
    return conversation.unanswered(message);
  }

  /** Whether rules let the client see a tool of the server, by the server's name for it. */
  public boolean offers(String tool) {
    return parts.session().offers(nameOf(tool));
  }

  /** What rules know a tool of the server by. */
  public String nameOf(String tool) {
    return parts.tools().nameOf(tool);
  }

  /** What the server says about one of its tools, where no client has listed it yet. */
  public void described(String tool, ToolAnnotations annotations) {
    parts.tools().described(tool, annotations);
  }

  /**
   * Messages with ids of their own: the same server, and what is known of its tools, in a session
   * that the caller opened and will close.
   */
  public McpConnection within(GovernedSession other) {
    return new McpConnection(
        new SessionParts(
            other, parts.tools(), new Unfinished(), parts.marks(), parts.denialsAsErrors()));
  }

  /** Messages with ids of their own in the same session. */
  public McpConnection beside() {
    return new McpConnection(parts);
  }

  /**
   * The client begins anew with its server, in the same session: nobody waits any more for what was
   * said before.
   */
  public McpConnection renewed() {
    abandon();
    return beside();
  }

  private void abandon() {
    conversation.gone(Side.CLIENT);
    conversation.gone(Side.SERVER);
  }

  /**
   * The session is over: what a person is still asked about goes nowhere, whatever the answer.
   * Idempotent.
   */
  @Override
  public void close() {
    abandon();
    parts.session().close();
  }

  @Override
  public String toString() {
    return "McpConnection[" + parts.session().id() + "]";
  }
}
