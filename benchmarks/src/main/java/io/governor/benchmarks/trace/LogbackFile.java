package io.governor.benchmarks.trace;

import ch.qos.logback.core.Context;
import ch.qos.logback.core.ContextBase;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.nio.file.Path;

/**
 * Logback's appender for one file, which encodes, writes and flushes each item while it holds its
 * lock.
 */
final class LogbackFile<T> implements Stage {

  private final FileAppender<T> appender = new FileAppender<>();
  private final T item;

  LogbackFile(Path file, Encoder<T> encoder, T item) {
    this.item = item;
    Context context = new ContextBase();
    encoder.setContext(context);
    encoder.start();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setImmediateFlush(true);
    appender.setFile(file.toString());
    appender.start();
  }

  @Override
  public Append caller() {
    return () -> appender.doAppend(item);
  }

  @Override
  public void close() {
    appender.stop();
  }
}
