package io.governor.benchmarks.trace;

import ch.qos.logback.core.encoder.EncoderBase;
import io.governor.event.TraceEvent;
import io.governor.json.JsonWriter;

/** Gives Logback our line for an event. Used by one thread at a time: the appender's lock. */
final class LogbackEventEncoder extends EncoderBase<TraceEvent> {

  private static final byte[] NOTHING = {};

  private final JsonWriter line = new JsonWriter(1024);

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(TraceEvent event) {
    return Encoding.line(event, line).toByteArray();
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
