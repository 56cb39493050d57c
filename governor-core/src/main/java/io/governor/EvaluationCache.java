package io.governor;

import io.governor.RuleEvaluator.Evaluation;
import io.governor.detect.Detections;
import io.governor.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what rules said about a call, for calls that are equal in everything such rules may
 * look at. It belongs to one revision of the rules and goes with it. Keys hold a digest of the
 * arguments and not the arguments. Safe for use by several threads.
 */
final class EvaluationCache {

  /** Remembers nothing. */
  static final EvaluationCache NONE = new EvaluationCache(0);

  /** Longer arguments are judged each time: to compare them costs more than to judge them. */
  private static final int LONGEST = 64 * 1024;

  private final int most;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock; the least recently used entry first.
  private final Map<Key, Remembered> entries = new LinkedHashMap<>(16, 0.75f, true);

  /** Everything that a rule which may be remembered looks at. */
  record Key(
      String agent,
      String tool,
      String arguments,
      Origin origin,
      Operation operation,
      SessionFolders folders,
      List<String> classifications) {}

  /** What the rules said, and what the detectors found meanwhile. */
  record Remembered(Evaluation evaluation, @Nullable Detections detections) {}

  EvaluationCache(int most) {
    this.most = most;
  }

  boolean isOff() {
    return most == 0;
  }

  /** The key of a call, or null when it is judged each time. */
  static @Nullable Key key(CallFacts facts) {
    ToolArguments arguments = facts.call().arguments();
    String text = arguments.text();
    if (arguments.problem() != null || (text != null && text.length() > LONGEST)) {
      return null;
    }
    return new Key(
        facts.agent().id(),
        facts.call().name(),
        digest(CanonicalJson.text(arguments.asMap())),
        facts.origin(),
        facts.operation(),
        facts.folders(),
        facts.classifications());
  }

  @Nullable Remembered find(Key key) {
    lock.lock();
    try {
      return entries.get(key);
    } finally {
      lock.unlock();
    }
  }

  void put(Key key, Remembered remembered) {
    lock.lock();
    try {
      entries.put(key, remembered);
      if (entries.size() > most) {
        entries.remove(entries.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  private static String digest(String canonical) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha256.digest(canonical.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
