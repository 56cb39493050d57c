package io.governor.mcp;

import io.governor.detect.Detectors;
import io.governor.detect.Redactor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the words of a server go that are no messages of the protocol: line by line, without the
 * secrets that the built-in detectors know. A line over the bound is not passed on in pieces, for a
 * secret could lie across the cut; however the stream itself is cut, a line is judged as a whole.
 * Bytes that are no UTF-8 are passed on as replacement characters. Safe for use by several threads.
 */
final class ServerLog {

  /** Bytes of a line that is passed on. */
  static final int MAX_LINE = 64 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(McpProxy.class);
  private static final Detectors DETECTORS = Detectors.builtIn();
  private static final Set<String> SECRETS = DETECTORS.select(List.of("secret"));
  private static final String KEY_BEGINS = "-----BEGIN ";
  private static final String KEY_ENDS = "-----END ";

  /** A key is not longer; what follows a heading without an end is shown again after so much. */
  private static final int MAX_KEY_LINES = 1000;

  private final OutputStream out;

  // Guarded by this.
  private final Keys strayKeys = new Keys();

  ServerLog(OutputStream out) {
    this.out = out;
  }

  /** Passes on what a stream says, to its end. */
  void relay(InputStream in) {
    LineFrames lines = new LineFrames(in, MAX_LINE);
    Keys keys = new Keys();
    try {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        String shown = line == LineFrames.TOO_LONG ? leftOut() : keys.without(text(line));
        if (shown != null) {
          write(shown);
        }
      }
    } catch (IOException e) {
      LOG.debug("the server's messages ended: {}", e.getClass().getName());
    }
  }

  /** A line that stood where a message was expected. */
  synchronized void line(byte[] line) {
    try {
      String shown = line.length > MAX_LINE ? leftOut() : strayKeys.without(text(line));
      if (shown != null) {
        write(shown);
      }
    } catch (IOException e) {
      LOG.debug("a line was not taken: {}", e.getClass().getName());
    }
  }

  /** A message could not be read, and whoever waits for it goes on waiting. */
  void unread(@Nullable String reason) {
    if (reason == null) {
      return;
    }
    try {
      write("governor: a message of the server's could not be read and is left out: " + reason);
    } catch (IOException e) {
      LOG.debug("a line was not taken: {}", e.getClass().getName());
    }
  }

  private static String text(byte[] line) {
    return new String(line, StandardCharsets.UTF_8);
  }

  private static String leftOut() {
    return "governor: a line of more than " + MAX_LINE + " bytes was left out";
  }

  private void write(String line) throws IOException {
    byte[] shown = (redacted(line) + "\n").getBytes(StandardCharsets.UTF_8);
    synchronized (this) {
      out.write(shown);
      out.flush();
    }
  }

  private static String redacted(String line) {
    return Redactor.text(line, SECRETS, DETECTORS);
  }

  /** Private keys go over many lines: from the heading to the end they are left out. */
  private static final class Keys {

    private int left;

    /** The line, or null inside of a key. */
    @Nullable String without(String line) {
      if (left > 0) {
        left = line.contains(KEY_ENDS) ? 0 : left - 1;
        return null;
      }
      int heading = line.indexOf(KEY_BEGINS);
      if (heading < 0 || !line.contains("PRIVATE KEY") || line.contains(KEY_ENDS)) {
        return line;
      }
      left = MAX_KEY_LINES;
      return line.substring(0, heading) + "[REDACTED:private_key]";
    }
  }
}
