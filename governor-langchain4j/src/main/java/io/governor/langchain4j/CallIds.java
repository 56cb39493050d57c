package io.governor.langchain4j;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The providers' ids of the calls under way. Some providers give the same id to several calls of a
 * session; while one of them is under way, the others go without, so that what is decided about one
 * is not taken for another. Safe for use by several threads.
 */
final class CallIds {

  private final Set<Key> underWay = ConcurrentHashMap.newKeySet();

  record Key(String sessionId, String callId) {}

  /** The id for this call alone, until it is given back; null where it has none. */
  @Nullable Key claim(String sessionId, @Nullable String callId) {
    if (callId == null || callId.isEmpty()) {
      return null;
    }
    Key key = new Key(sessionId, callId);
    return underWay.add(key) ? key : null;
  }

  void giveBack(@Nullable Key key) {
    if (key != null) {
      underWay.remove(key);
    }
  }
}
