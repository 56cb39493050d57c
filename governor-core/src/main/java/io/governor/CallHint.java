package io.governor;

import org.jspecify.annotations.Nullable;

/**
 * What the host knows about a call that writes to memory: recorded in MEMORY_WRITE_ATTEMPT
 * (execution record, section 5.5).
 *
 * @param writeClassification the class of what is written; null means {@code unclassified}
 * @param retention how long it is to be kept, such as {@code P30D}; null means not stated
 */
public record CallHint(@Nullable String writeClassification, @Nullable String retention) {

  /** Nothing is known: the defaults apply. */
  public static final CallHint NONE = new CallHint(null, null);
}
