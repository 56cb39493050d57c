package io.governor.mcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between a client on our own standard streams and a server that is our child. One thread a
 * direction; frames go on in the order they came, but for those that a person is asked about.
 */
final class StdioProxy {

  private static final Logger LOG = LoggerFactory.getLogger(McpProxy.class);

  /** How long a server may take to end after its input has ended. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Conversation conversation;
  private final ServerProcess server;
  private final InputStream clientIn;
  private final FrameWriter toClient;
  private final FrameWriter toServer;
  private final ServerLog log;
  private final LineFrames.Large large =
      new LineFrames.Large() {
        @Override
        public @Nullable LargeAnswer begin(byte[] head) throws IOException {
          return LargeAnswer.begin(conversation, toClient::open, head);
        }

        @Override
        public void end(LargeAnswer line) throws IOException {
          settle(Side.SERVER, line.end());
        }

        @Override
        public void tooLong(@Nullable RequestId id) {
          settle(Side.SERVER, conversation.brokeOff(id));
        }
      };
  private final AtomicBoolean clientLeft = new AtomicBoolean();
  private final AtomicInteger strayLines = new AtomicInteger();

  StdioProxy(
      Conversation conversation,
      ServerProcess server,
      InputStream clientIn,
      OutputStream clientOut,
      OutputStream log) {
    this.conversation = conversation;
    this.server = server;
    this.clientIn = clientIn;
    this.toClient = new FrameWriter(clientOut);
    this.toServer = new FrameWriter(server.in());
    this.log = new ServerLog(log);
  }

  /**
   * Carries frames until the server has ended.
   *
   * @return the server's exit code
   */
  int run() throws InterruptedException {
    daemon("client", this::fromClient);
    Thread errors = daemon("errors", () -> log.relay(server.err()));
    fromServer();
    int code = server.end(PATIENCE);
    errors.join(1000);
    tellStrayLines();
    return code;
  }

  private static Thread daemon(String what, Runnable work) {
    Thread thread = new Thread(work, "governor-mcp-" + what);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void fromClient() {
    try {
      carry(Side.CLIENT, new LineFrames(clientIn, (int) Frame.LIMITS.maxDocumentLength()));
    } catch (IOException e) {
      LOG.debug("the client's stream ended: {}", e.getClass().getName());
    } finally {
      conversation.clientLeft();
      endServer();
    }
  }

  /**
   * The client has no more to say; the server ends by itself, or is ended. One that does not read
   * keeps its input from being closed, and is not waited for longer than another.
   */
  private void endServer() {
    daemon("close", this::closeServerInput);
    try {
      server.end(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeServerInput() {
    try {
      toServer.close();
    } catch (IOException e) {
      LOG.debug("the server's input was closed already: {}", e.getClass().getName());
    }
  }

  private void fromServer() {
    try {
      carry(
          Side.SERVER, new LineFrames(server.out(), (int) Frame.LIMITS.maxDocumentLength(), large));
    } catch (IOException e) {
      LOG.debug("the server's stream ended: {}", e.getClass().getName());
    }
    conversation.gone(Side.SERVER).forEach(answer -> send(toClient, answer));
  }

  private void carry(Side sender, LineFrames frames) throws IOException {
    for (byte[] frame = frames.next(); frame != null; frame = frames.next()) {
      if (frame == LineFrames.WENT_ON) {
        continue;
      }
      if (sender == Side.SERVER && StrayLine.is(frame)) {
        strayLines.incrementAndGet();
        log.line(frame);
        continue;
      }
      CompletionStage<Passage> passage =
          frame == LineFrames.TOO_LONG
              ? conversation.tooLong(sender)
              : conversation.pass(sender, frame, toClient::write);
      passage.thenAccept(settled -> settle(sender, settled));
    }
  }

  private void settle(Side sender, Passage passage) {
    log.unread(passage.unread());
    byte[] onward = passage.onward();
    if (onward != null) {
      send(sender == Side.CLIENT ? toServer : toClient, onward);
    }
    for (byte[] answer : passage.back()) {
      send(sender == Side.CLIENT ? toClient : toServer, answer);
    }
  }

  /**
   * Who does not read any more does not keep the other one from being read. A client that has gone
   * without a word has no use for its server.
   */
  private void send(FrameWriter to, byte[] frame) {
    try {
      to.write(frame);
    } catch (IOException e) {
      LOG.debug("a frame was not taken: {}", e.getClass().getName());
      if (to == toClient && clientLeft.compareAndSet(false, true)) {
        conversation.clientLeft();
        daemon("end", this::endServer);
      }
    }
  }

  private void tellStrayLines() {
    if (strayLines.get() > 0) {
      String told =
          "governor: the server wrote "
              + strayLines
              + " lines to its standard output that are no messages";
      log.line(told.getBytes(StandardCharsets.UTF_8));
    }
  }
}
