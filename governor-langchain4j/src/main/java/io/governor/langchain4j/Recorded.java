package io.governor.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import io.governor.Governor;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which calls are on record, so that a listener that hears of a call afterwards does not record it
 * a second time. Remembers the request itself, not its words, for as long as LangChain4j holds it,
 * and nothing at all before the first listener wants to know. Safe for use by several threads.
 */
final class Recorded {

  private static final Set<Mark> MARKS = ConcurrentHashMap.newKeySet();
  private static final ReferenceQueue<ToolExecutionRequest> GONE = new ReferenceQueue<>();
  private static volatile boolean wanted;

  private Recorded() {}

  /** From now on calls are remembered. */
  static void want() {
    wanted = true;
  }

  /** Whether this is the first that is heard of the call under the governor. */
  static boolean first(Governor governor, ToolExecutionRequest request) {
    if (!wanted) {
      return true;
    }
    for (Reference<?> gone = GONE.poll(); gone != null; gone = GONE.poll()) {
      MARKS.remove(gone);
    }
    return MARKS.add(new Mark(governor, request));
  }

  private static final class Mark extends WeakReference<ToolExecutionRequest> {
    private final WeakReference<Governor> governor;
    private final int hash;

    Mark(Governor governor, ToolExecutionRequest request) {
      super(request, GONE);
      this.governor = new WeakReference<>(governor);
      this.hash = 31 * System.identityHashCode(request) + System.identityHashCode(governor);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return this == other
          || (other instanceof Mark mark
              && get() != null
              && mark.refersTo(get())
              && mark.governor.refersTo(governor.get()));
    }
  }
}
