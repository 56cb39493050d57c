package io.governor.testkit;

import io.governor.event.EventEncoder;
import io.governor.event.EventType;
import io.governor.event.TraceEvent;
import io.governor.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.assertj.core.api.AbstractListAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ObjectAssert;
import org.jspecify.annotations.Nullable;

/** Assertions on the events of one or several sessions, in order of arrival. */
public final class TraceAssert
    extends AbstractListAssert<
        TraceAssert, List<? extends TraceEvent>, TraceEvent, ObjectAssert<TraceEvent>> {

  TraceAssert(List<TraceEvent> actual) {
    super(actual, TraceAssert.class);
  }

  /** The types of the events, in order. */
  public TraceAssert hasTypes(EventType... types) {
    Assertions.assertThat(actual.stream().map(TraceEvent::type).toList())
        .as("types of the events")
        .containsExactly(types);
    return this;
  }

  /** How often each rule was violated; rules that are not named must not have been. */
  public TraceAssert hasViolations(Map<String, Integer> expected) {
    Map<String, Integer> counts = new TreeMap<>();
    for (TraceEvent event : actual) {
      event.violations().forEach(id -> counts.merge(id, 1, Integer::sum));
    }
    Assertions.assertThat(counts).as("violations by rule").isEqualTo(new TreeMap<>(expected));
    return this;
  }

  /** In every session the numbers are 1, 2, 3 … and each event names the one before it. */
  public TraceAssert isUnbroken() {
    Map<String, TraceEvent> last = new LinkedHashMap<>();
    for (TraceEvent event : actual) {
      TraceEvent before = last.put(event.sessionId(), event);
      long expected = before == null ? 1 : before.sequence() + 1;
      @Nullable String predecessor = before == null ? null : before.eventId();
      if (event.sequence() != expected) {
        failWithMessage("expected number <%s> but found %s", expected, event);
      }
      if (!Objects.equals(event.previousEventId(), predecessor)) {
        failWithMessage("expected <%s> as predecessor of %s", predecessor, event);
      }
    }
    return this;
  }

  /**
   * No text of a call is in any event, as it would be written or as it shows itself in a log.
   *
   * @param canary a text that only arguments, results, failures or prompts hold
   */
  public TraceAssert neverShows(String canary) {
    for (TraceEvent event : actual) {
      if (written(event).contains(canary)
          || event.toString().contains(canary)
          || event.payload().toString().contains(canary)) {
        failWithMessage("a text that must not be recorded is in %s", event);
      }
    }
    return this;
  }

  private static String written(TraceEvent event) {
    JsonWriter line = new JsonWriter(512);
    EventEncoder.encode(event, line);
    return new String(line.toByteArray(), StandardCharsets.US_ASCII);
  }

  @Override
  protected ObjectAssert<TraceEvent> toAssert(TraceEvent value, String description) {
    return new ObjectAssert<>(value).as(description);
  }

  @Override
  protected TraceAssert newAbstractIterableAssert(Iterable<? extends TraceEvent> iterable) {
    return new TraceAssert(
        java.util.stream.StreamSupport.stream(iterable.spliterator(), false)
            .map(TraceEvent.class::cast)
            .toList());
  }
}
