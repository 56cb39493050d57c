package io.governor.hooks.daemon;

import io.governor.hooks.HookRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** Answers one payload where no daemon is wanted, in the form that a daemon's client takes. */
public final class OneAnswer {

  private OneAnswer() {}

  /** That there is no answer, and why. */
  public static byte[] none(String reason) {
    return Protocol.unanswered(reason);
  }

  /**
   * The answer to the payload on a stream, which is read to its end.
   *
   * @param enforced as {@link HookRequest#enforced()}
   * @throws IOException if the stream cannot be read
   */
  public static byte[] of(
      HookAnswers answers,
      String agent,
      InputStream stdin,
      Map<String, String> environment,
      boolean enforced)
      throws IOException {
    try (WireBody body = new WireBody(new Semaphore(1))) {
      byte[] piece = new byte[16 << 10];
      for (int count = stdin.read(piece); count >= 0; count = stdin.read(piece)) {
        body.add(piece, 0, count);
      }
      return Protocol.framed(
          answers.answer(new HookRequest(agent, body.bytes(), environment, enforced)));
    }
  }
}
