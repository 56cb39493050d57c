package io.governor;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** What is written to standard error meanwhile; the log of these tests goes there. */
final class StandardError implements AutoCloseable {

  private final PrintStream before = System.err;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  private StandardError() {}

  static StandardError capture() {
    StandardError capture = new StandardError();
    System.setErr(new PrintStream(capture.written, true, StandardCharsets.UTF_8));
    return capture;
  }

  Stream<String> lines() {
    return written.toString(StandardCharsets.UTF_8).lines();
  }

  @Override
  public void close() {
    System.setErr(before);
  }
}
