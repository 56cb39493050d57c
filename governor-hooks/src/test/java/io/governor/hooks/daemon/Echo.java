package io.governor.hooks.daemon;

import io.governor.hooks.HookReply;
import io.governor.hooks.HookRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A stand-in for the engine: answers each payload with itself. {@code exit 2 WHY} refuses, {@code
 * exit 9} is an answer nobody understands, {@code throw} fails, {@code wait} waits until it is let
 * go, {@code variable NAME} answers a variable.
 */
final class Echo implements HookAnswers {

  volatile boolean outdated;
  volatile List<String> notices = List.of();
  final AtomicInteger closed = new AtomicInteger();
  final AtomicInteger answered = new AtomicInteger();
  final CountDownLatch waits = new CountDownLatch(1);
  final CountDownLatch go = new CountDownLatch(1);
  final Map<String, Integer> seen = new ConcurrentHashMap<>();

  @Override
  public HookReply answer(HookRequest request) {
    answered.incrementAndGet();
    String text = new String(request.payload(), StandardCharsets.UTF_8);
    seen.merge(text, 1, Integer::sum);
    if (text.startsWith("exit 2 ")) {
      return new HookReply(2, new byte[0], text.substring(7));
    }
    if (text.equals("enforced")) {
      return echo(String.valueOf(request.enforced()));
    }
    if (text.startsWith("variable ")) {
      return echo(String.valueOf(request.environment().get(text.substring(9))));
    }
    return switch (text) {
      case "exit 9" -> new HookReply(9, new byte[0], "");
      case "throw" -> throw new IllegalStateException("with a secret");
      case "silence" -> new HookReply(0, new byte[0], "");
      case "remark" -> new HookReply(0, new byte[0], "a word\nor two");
      case "wait" -> {
        waits.countDown();
        await();
        yield echo(text);
      }
      default -> echo(text);
    };
  }

  private void await() {
    try {
      go.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static HookReply echo(String text) {
    return new HookReply(0, text.getBytes(StandardCharsets.UTF_8), "");
  }

  @Override
  public boolean isOutdated() {
    return outdated;
  }

  @Override
  public List<String> notices() {
    return notices;
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }
}
