package io.governor;

import io.governor.json.JsonSize;
import org.jspecify.annotations.Nullable;

/**
 * What a tool returned, or that it failed. Holds text, or a tree of maps, lists, strings, numbers,
 * booleans and nulls. Immutable for the caller; a tree that comes in must not be changed
 * afterwards.
 */
public final class ToolResult {

  private final @Nullable Object value;
  private final boolean failed;
  private final ResultHint hint;

  /** Tokens, where the size is all that is known; else negative. */
  private final long size;

  private ToolResult(@Nullable Object value, boolean failed, ResultHint hint) {
    this(value, failed, hint, -1);
  }

  private ToolResult(@Nullable Object value, boolean failed, ResultHint hint, long size) {
    this.value = value;
    this.failed = failed;
    this.hint = hint;
    this.size = size;
  }

  /**
   * A result of which only the size is known, for adapters that let large ones through as they
   * come. Rules find no value in it; see {@link GovernedSession#looksAtResults}.
   *
   * @param characters characters of its JSON text
   */
  public static ToolResult ofSize(long characters) {
    return new ToolResult(null, false, ResultHint.NONE, Math.max(1, characters / 4));
  }

  /** A result that is text. */
  public static ToolResult ofText(@Nullable String text) {
    return new ToolResult(text, false, ResultHint.NONE);
  }

  /** A result that is a JSON value. */
  public static ToolResult of(@Nullable Object value) {
    return new ToolResult(value, false, ResultHint.NONE);
  }

  /** The tool failed; what it said stays with the host. */
  public static ToolResult failure() {
    return new ToolResult(null, true, ResultHint.NONE);
  }

  /**
   * The tool failed, and this is what the model is told: rules look at it as at any result, and it
   * is recorded where one of them matches.
   *
   * @param value a text or a JSON value; with null nothing is looked at
   */
  public static ToolResult failure(@Nullable Object value) {
    return new ToolResult(value, true, ResultHint.NONE);
  }

  /** The same result with what the host knows about it. */
  public ToolResult with(ResultHint newHint) {
    return new ToolResult(value, failed, newHint, size);
  }

  /** The same result with another value. */
  public ToolResult withValue(@Nullable Object newValue) {
    return new ToolResult(newValue, failed, hint);
  }

  /** The value; null for a tool that returned nothing, and for a failure that says nothing. */
  public @Nullable Object value() {
    return value;
  }

  /** The value when it is text, else null. */
  public @Nullable String text() {
    return value instanceof String text ? text : null;
  }

  public boolean failed() {
    return failed;
  }

  public ResultHint hint() {
    return hint;
  }

  /** The size in tokens by the measure of the execution record, section 4: at least 1. */
  public long sizeInTokens() {
    if (size >= 0) {
      return size;
    }
    return value instanceof String text ? JsonSize.tokensOfText(text) : JsonSize.tokens(value);
  }

  /** Sizes only, never values. */
  @Override
  public String toString() {
    return failed ? "ToolResult[failed]" : "ToolResult[about " + sizeInTokens() + " tokens]";
  }
}
