package io.governor.langchain4j;

import dev.langchain4j.invocation.InvocationContext;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What makes two tool calls belong to one session.
 *
 * @param byHost the host's own key, null where it has none
 * @param perMemory whether the chat memory's id is a key
 */
record SessionKeys(Function<InvocationContext, @Nullable String> byHost, boolean perMemory) {

  private static final Logger LOG = LoggerFactory.getLogger(GovernedTools.class);

  /** What LangChain4j says where a service has no memory ids. */
  private static final String NO_MEMORY_ID = "default";

  static final SessionKeys PER_INVOCATION = new SessionKeys(context -> null, false);

  @Nullable String given(InvocationContext context) {
    try {
      return byHost.apply(context);
    } catch (RuntimeException | StackOverflowError failure) {
      LOG.warn(
          "the function that names sessions failed: {}; the default applies",
          failure.getClass().getName());
      return null;
    }
  }

  @Nullable String remembered(InvocationContext context) {
    return perMemory ? ofMemory(context.chatMemoryId()) : null;
  }

  static @Nullable String ofMemory(@Nullable Object memoryId) {
    String key = memoryId == null ? null : memoryId.toString();
    return NO_MEMORY_ID.equals(key) ? null : key;
  }
}
