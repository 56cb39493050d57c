package io.governor.benchmarks.trace;

import io.governor.event.EventEncoder;
import io.governor.event.TraceEvent;
import io.governor.json.JsonWriter;

/** Callers who encode an event and keep nothing of it. */
final class Encoding implements Stage {

  private final TraceEvent event;

  Encoding(TraceEvent event) {
    this.event = event;
  }

  @Override
  public Append caller() {
    JsonWriter line = new JsonWriter(1024);
    return () -> line(event, line);
  }

  /** The event's line, with its end and nothing else in the writer. */
  static JsonWriter line(TraceEvent event, JsonWriter line) {
    EventEncoder.encode(event, line.truncate(0));
    return line.raw('\n');
  }

  @Override
  public void close() {}
}
