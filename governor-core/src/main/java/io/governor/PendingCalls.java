package io.governor;

import io.governor.trace.SessionSnapshot.PendingCall;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one session whose results are awaited, where the host gives calls no id: results are
 * then paired with calls by order (execution record, section 9.5). Keeps the latest {@value
 * #LIMIT}. Not safe for use by several threads.
 */
final class PendingCalls {

  private static final int LIMIT = 64;

  /** Enough to tell the pending calls of a session apart, too little to find an input by it. */
  private static final int DIGEST_BYTES = 4;

  private final List<PendingCall> calls = new ArrayList<>();

  void add(PendingCall call) {
    if (calls.size() == LIMIT) {
      calls.remove(0);
    }
    calls.add(call);
  }

  /**
   * Takes out the call a result belongs to: the oldest that ran with this input; then one with this
   * input that was kept from running, which is how a bypass shows; then, because hosts and other
   * hooks change inputs, the oldest of the tool that ran. A blocked call with another input is
   * never taken: its like may have run without having been announced.
   *
   * @return its id, or null when no call is awaited
   */
  @Nullable String take(String tool, String input, Predicate<String> blocked) {
    PendingCall found = first(call -> is(call, tool, input) && !blocked.test(call.id()));
    if (found == null) {
      found = first(call -> is(call, tool, input));
    }
    if (found == null) {
      found = first(call -> call.tool().equals(tool) && !blocked.test(call.id()));
    }
    if (found == null) {
      return null;
    }
    calls.remove(found);
    return found.id();
  }

  private static boolean is(PendingCall call, String tool, String input) {
    return call.tool().equals(tool) && call.input().equals(input);
  }

  private @Nullable PendingCall first(Predicate<PendingCall> wanted) {
    for (PendingCall call : calls) {
      if (wanted.test(call)) {
        return call;
      }
    }
    return null;
  }

  List<PendingCall> all() {
    return List.copyOf(calls);
  }

  void adopt(List<PendingCall> found) {
    calls.clear();
    calls.addAll(found);
  }

  /** A short digest of an input, another one in each session. */
  static String digest(String sessionId, ToolArguments arguments) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(sessionId.getBytes(StandardCharsets.UTF_8));
      sha.update((byte) 0);
      sha.update(arguments.json().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sha.digest(), 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
