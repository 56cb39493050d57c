package io.governor.hooks.daemon;

import io.governor.hooks.HookReply;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * How an answer is written for a client that is a shell script: the line {@code governor-hook/1
 * CODE}, a line for standard error that may be empty, what standard output gets, and a line with a
 * full stop and no end. CODE is the exit code, 0 or 2, or a dash where there is no answer and the
 * second line says why. A shell takes it apart without starting a program, sees a version that it
 * does not know, and sees that an answer was cut. Stateless.
 */
final class Protocol {

  /** Goes up when an older client would misunderstand. */
  static final int VERSION = 1;

  private static final String OPENING = "governor-hook/" + VERSION + " ";
  private static final String NONE = "-";
  private static final byte[] NOTHING = {};

  private Protocol() {}

  /** The answer as a script takes it, or a reason why it cannot be written that way. */
  static byte[] framed(HookReply reply) {
    if (reply.exitCode() != 0 && reply.exitCode() != 2) {
      return unanswered("the answer has an exit code that means nothing: " + reply.exitCode());
    }
    for (byte b : reply.stdout()) {
      if (b == 0) {
        return unanswered("the answer holds a zero byte");
      }
    }
    return framed(Integer.toString(reply.exitCode()), reply.stderr(), reply.stdout());
  }

  /** There is no answer, for a reason. */
  static byte[] unanswered(String reason) {
    return framed(NONE, reason, NOTHING);
  }

  private static byte[] framed(String code, String stderr, byte[] stdout) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(stdout.length + stderr.length() + 64);
    out.writeBytes(ascii(OPENING + code + "\n"));
    out.writeBytes((oneLine(stderr) + "\n").getBytes(StandardCharsets.UTF_8));
    out.writeBytes(stdout);
    out.writeBytes(ascii("\n."));
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String oneLine(String text) {
    return text.strip().replace('\n', ' ').replace('\r', ' ').replace((char) 0, ' ');
  }
}
