package io.governor.langchain4j;

import dev.langchain4j.service.TokenStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Waits for the end of a streamed answer. */
final class Streams {

  private Streams() {}

  static String answer(TokenStream stream) throws Exception {
    CompletableFuture<String> done = new CompletableFuture<>();
    stream
        .onPartialResponse(part -> {})
        .onCompleteResponse(response -> done.complete(response.aiMessage().text()))
        .onError(done::completeExceptionally)
        .start();
    return done.get(20, TimeUnit.SECONDS);
  }
}
