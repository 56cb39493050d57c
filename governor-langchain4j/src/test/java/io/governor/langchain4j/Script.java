package io.governor.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A model that says what it was told to say, in order, and remembers what it was asked. */
final class Script {

  private static final int REMEMBERED = 100;

  private final Queue<ChatResponse> answers = new ConcurrentLinkedQueue<>();
  private final Deque<ChatRequest> requests = new ArrayDeque<>();
  private final List<ChatModelListener> listeners = new ArrayList<>();
  private final Queue<CountDownLatch> waits = new ConcurrentLinkedQueue<>();
  private ModelProvider provider = ModelProvider.OTHER;

  static Script of(ChatResponse... answers) {
    Script script = new Script();
    script.answers.addAll(List.of(answers));
    return script;
  }

  /** Says these as well, once the others are said. */
  Script then(ChatResponse... more) {
    answers.addAll(List.of(more));
    return this;
  }

  /** While streaming, completes its answers only after these, one for each. */
  Script answersAfter(CountDownLatch... latches) {
    waits.addAll(List.of(latches));
    return this;
  }

  Script heardBy(ModelProvider newProvider, ChatModelListener listener) {
    provider = newProvider;
    listeners.add(listener);
    return this;
  }

  static ToolExecutionRequest call(String id, String tool, String arguments) {
    return ToolExecutionRequest.builder().id(id).name(tool).arguments(arguments).build();
  }

  static ChatResponse calls(ToolExecutionRequest... calls) {
    return ChatResponse.builder().aiMessage(AiMessage.from(calls)).build();
  }

  static ChatResponse calls(String id, int in, int out, ToolExecutionRequest... calls) {
    return ChatResponse.builder()
        .aiMessage(AiMessage.from(calls))
        .id(id)
        .modelName("scripted-1")
        .tokenUsage(new TokenUsage(in, out))
        .build();
  }

  static ChatResponse says(String text) {
    return ChatResponse.builder().aiMessage(AiMessage.from(text)).build();
  }

  synchronized List<ChatRequest> requests() {
    return List.copyOf(requests);
  }

  private synchronized ChatResponse next(ChatRequest request) {
    requests.add(request);
    if (requests.size() > REMEMBERED) {
      requests.removeFirst();
    }
    ChatResponse answer = answers.poll();
    if (answer == null) {
      throw new IllegalStateException("the script has ended");
    }
    return answer;
  }

  ChatModel model() {
    return new ChatModel() {
      @Override
      public ChatResponse doChat(ChatRequest request) {
        return next(request);
      }

      @Override
      public List<ChatModelListener> listeners() {
        return listeners;
      }

      @Override
      public ModelProvider provider() {
        return provider;
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

      @Override
      public List<ChatModelListener> listeners() {
        return listeners;
      }

      @Override
      public ModelProvider provider() {
        return provider;
      }
    };
  }

  private void stream(ChatRequest request, StreamingChatResponseHandler handler) {
    try {
      ChatResponse answer = next(request);
      List<ToolExecutionRequest> calls =
          answer.aiMessage().hasToolExecutionRequests()
              ? answer.aiMessage().toolExecutionRequests()
              : List.of();
      for (int i = 0; i < calls.size(); i++) {
        handler.onCompleteToolCall(new CompleteToolCall(i, calls.get(i)));
      }
      CountDownLatch wait = waits.poll();
      if (wait != null && !wait.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("waited in vain");
      }
      handler.onCompleteResponse(answer);
    } catch (RuntimeException | InterruptedException failure) {
      handler.onError(failure);
    }
  }
}
