package io.governor.spring.boot;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A model that says what it was told to say, in order, and remembers what it was asked. */
public final class Script {

  private static final AtomicInteger CALLS = new AtomicInteger();

  private final Queue<ChatResponse> answers = new ConcurrentLinkedQueue<>();
  private final List<ChatRequest> requests = new ArrayList<>();

  /** Asks for one call and then says that it is done. */
  public Script calls(String tool, String arguments) {
    ToolExecutionRequest call =
        ToolExecutionRequest.builder()
            .id("call-" + CALLS.incrementAndGet())
            .name(tool)
            .arguments(arguments)
            .build();
    answers.add(ChatResponse.builder().aiMessage(AiMessage.from(call)).build());
    return says("done");
  }

  public Script says(String text) {
    answers.add(ChatResponse.builder().aiMessage(AiMessage.from(text)).build());
    return this;
  }

  /** What the model read of tools in its latest question. */
  synchronized List<ToolExecutionResultMessage> results() {
    return requests.get(requests.size() - 1).messages().stream()
        .filter(ToolExecutionResultMessage.class::isInstance)
        .map(ToolExecutionResultMessage.class::cast)
        .toList();
  }

  /** The only text the model read of a tool in its latest question. */
  public String result() {
    List<ToolExecutionResultMessage> results = results();
    if (results.size() != 1) {
      throw new AssertionError("expected one result, got " + results.size());
    }
    return results.get(0).text();
  }

  /** What it was asked, in order. */
  synchronized List<ChatRequest> requests() {
    return List.copyOf(requests);
  }

  /** The names of the tools that the model could choose from in its latest question. */
  synchronized List<String> offered() {
    return requests.get(requests.size() - 1).toolSpecifications().stream()
        .map(tool -> tool.name())
        .sorted()
        .toList();
  }

  private synchronized ChatResponse next(ChatRequest request) {
    requests.add(request);
    ChatResponse answer = answers.poll();
    if (answer == null) {
      throw new IllegalStateException("the script has ended");
    }
    return answer;
  }

  public ChatModel model() {
    return new ChatModel() {
      @Override
      public ChatResponse doChat(ChatRequest request) {
        return next(request);
      }
    };
  }

  /** The same as a stream, answered on another thread as clients of real models do. */
  StreamingChatModel streamingModel() {
    return new StreamingChatModel() {
      @Override
      public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        Thread callback = new Thread(() -> stream(request, handler), "scripted-stream");
        callback.setDaemon(true);
        callback.start();
      }
    };
  }

  private void stream(ChatRequest request, StreamingChatResponseHandler handler) {
    try {
      handler.onCompleteResponse(next(request));
    } catch (RuntimeException failure) {
      handler.onError(failure);
    }
  }
}
