package io.governor.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.governor.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The model turns of one invocation: which tool calls the latest one asked for, and what it used
 * (execution record, section 9.6). A call that is not of the latest turn gets no usage at all:
 * nothing is better than another turn's. Safe for use by several threads.
 */
final class Turns {

  // Guarded by this.
  private @Nullable AiMessage message;
  private @Nullable TokenUsage usage;
  private final List<ToolExecutionRequest> open = new ArrayList<>();
  private final List<ToolExecutionRequest> unclaimed = new ArrayList<>();
  private final Awaited awaited;
  private boolean owed;

  Turns(Awaited awaited) {
    this.awaited = awaited;
  }

  /**
   * The model answered. Told twice of one answer, by the service and by the model, it keeps of each
   * field what was known first.
   */
  @SuppressWarnings(
      "ReferenceEquality") // the same message object is the same answer; equal texts are not
  synchronized void answered(ChatResponse response, @Nullable String provider) {
    boolean sameTurn = message != null && message == response.aiMessage();
    TokenUsage told = usage(response, provider);
    if (sameTurn && usage != null) {
      usage = merge(usage, told);
      return;
    }
    message = response.aiMessage();
    usage = told;
    open.clear();
    open.addAll(calls(response));
    owed = false;
    for (ToolExecutionRequest early : unclaimed) {
      owed |= open.remove(early);
    }
    unclaimed.clear();
    awaited.asked(calls(response));
  }

  /** What the turn that asked for this call used; each call of a turn may ask once. */
  synchronized @Nullable TokenUsage claim(ToolExecutionRequest request) {
    for (int i = 0; i < open.size(); i++) {
      if (isSame(open.get(i), request)) {
        open.remove(i);
        return claimed();
      }
    }
    if (open.remove(request)) {
      return claimed();
    }
    if (awaited.isAsking()) {
      unclaimed.add(request);
    }
    return null;
  }

  private @Nullable TokenUsage claimed() {
    owed = false;
    return usage;
  }

  /**
   * What the latest turn used, if it was told after results of the turn were recorded, and stands
   * on none of them; told once, and to no call that comes later.
   */
  synchronized @Nullable TokenUsage owed() {
    if (!owed) {
      return null;
    }
    owed = false;
    open.clear();
    boolean counted =
        usage != null && (usage.promptTokens() != null || usage.completionTokens() != null);
    return counted ? usage : null;
  }

  /** Whether the latest turn asked for this very call. */
  synchronized boolean askedFor(ToolExecutionRequest request) {
    return open.stream().anyMatch(asked -> isSame(asked, request));
  }

  @SuppressWarnings("ReferenceEquality") // calls without ids may be equal and are not the same
  private static boolean isSame(ToolExecutionRequest asked, ToolExecutionRequest request) {
    return asked == request;
  }

  private static List<ToolExecutionRequest> calls(ChatResponse response) {
    AiMessage message = response.aiMessage();
    return message.hasToolExecutionRequests() ? message.toolExecutionRequests() : List.of();
  }

  private static TokenUsage usage(ChatResponse response, @Nullable String provider) {
    dev.langchain4j.model.output.TokenUsage counted = response.tokenUsage();
    List<String> ids =
        calls(response).stream().map(ToolExecutionRequest::id).filter(Objects::nonNull).toList();
    String turn = response.id() == null ? UUID.randomUUID().toString() : response.id();
    UsageDetails details = UsageDetails.of(counted);
    return new TokenUsage(
        counted == null ? null : count(counted.inputTokenCount()),
        counted == null ? null : count(counted.outputTokenCount()),
        details.cachedRead(),
        details.cachedWrite(),
        details.reasoning(),
        response.modelName(),
        provider,
        turn,
        ids);
  }

  private static @Nullable Long count(@Nullable Integer tokens) {
    return tokens == null || tokens < 0 ? null : Long.valueOf(tokens);
  }

  private static TokenUsage merge(TokenUsage first, TokenUsage second) {
    return new TokenUsage(
        or(first.promptTokens(), second.promptTokens()),
        or(first.completionTokens(), second.completionTokens()),
        or(first.cachedReadTokens(), second.cachedReadTokens()),
        or(first.cachedWriteTokens(), second.cachedWriteTokens()),
        or(first.reasoningTokens(), second.reasoningTokens()),
        or(first.model(), second.model()),
        or(first.provider(), second.provider()),
        first.turnId(),
        first.toolUseIds());
  }

  private static <T> @Nullable T or(@Nullable T first, @Nullable T second) {
    return first != null ? first : second;
  }
}
