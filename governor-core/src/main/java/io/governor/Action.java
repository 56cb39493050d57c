package io.governor;

/** What an adapter must do with a tool call after a {@link Decision}. */
public enum Action {
  /** Run the call as it came. */
  PROCEED,
  /** Run the call with {@link Decision#arguments()}, or hand on {@link Decision#result()}. */
  REWRITE,
  /** Ask a person where the host can; otherwise treat it as {@link #REFUSE}. */
  ASK,
  /** Do not run the call; answer the model with {@link Decision#message()}. */
  REFUSE
}
