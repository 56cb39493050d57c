package io.governor.mcp;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that is our child, line by line: what it says is handed on, but for its logs, which go
 * where its standard error goes. Safe for use by several threads.
 */
final class ServerLines {

  private static final Logger LOG = LoggerFactory.getLogger(McpProxy.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ServerProcess process;
  private final FrameWriter toServer;
  private final ServerLog log;

  ServerLines(ServerProcess process, OutputStream log) {
    this.process = process;
    this.toServer = new FrameWriter(process.in());
    this.log = new ServerLog(log);
  }

  /**
   * Begins to listen.
   *
   * @param large where large answers go
   * @param heard takes each message, on one thread
   * @param ended called once, when the server speaks no more
   */
  void listen(LineFrames.Large large, Consumer<byte[]> heard, Runnable ended) {
    DaemonThreads.INSTANCE.newThread(() -> log.relay(process.err())).start();
    DaemonThreads.INSTANCE.newThread(() -> read(large, heard, ended)).start();
  }

  private void read(LineFrames.Large large, Consumer<byte[]> heard, Runnable ended) {
    LineFrames frames =
        new LineFrames(process.out(), (int) Frame.LIMITS.maxDocumentLength(), large);
    try {
      for (byte[] line = frames.next(); line != null; line = frames.next()) {
        if (line == LineFrames.WENT_ON) {
          continue;
        }
        if (StrayLine.is(line)) {
          log.line(line);
        } else {
          heard.accept(line);
        }
      }
    } catch (IOException e) {
      LOG.debug("the server's stream ended: {}", e.getClass().getName());
    } finally {
      ended.run();
    }
  }

  ServerLog log() {
    return log;
  }

  /** Whether the server took the frame. */
  boolean write(byte[] frame) {
    try {
      toServer.write(frame);
      return true;
    } catch (IOException e) {
      LOG.debug("a frame was not taken: {}", e.getClass().getName());
      return false;
    }
  }

  /** Closes the server's input, and ends it when that does not; returns at once. */
  void end(Runnable afterwards) {
    DaemonThreads.INSTANCE.newThread(this::closeInput).start();
    DaemonThreads.INSTANCE
        .newThread(
            () -> {
              try {
                process.end(PATIENCE);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } finally {
                afterwards.run();
              }
            })
        .start();
  }

  private void closeInput() {
    try {
      toServer.close();
    } catch (IOException e) {
      LOG.debug("the server's input was closed already: {}", e.getClass().getName());
    }
  }

  /** Ends the server now; returns when it has ended. */
  void stop() {
    process.stop();
  }
}
