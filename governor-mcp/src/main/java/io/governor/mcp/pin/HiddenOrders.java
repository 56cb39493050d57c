package io.governor.mcp.pin;

import io.governor.pattern.LinearPattern;
import io.governor.pattern.PatternProblem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks for orders to the model in what a server says about a tool: names, titles, descriptions and
 * every text and name of the schemas, for a model reads all of them. Invisible characters cannot
 * break up a phrase. Linear in the text; stateless.
 */
final class HiddenOrders {

  private static final List<Phrase> PHRASES = phrases();

  private record Phrase(ToolFinding.Kind kind, LinearPattern pattern) {}

  private record Place(String at, @Nullable Object value) {}

  private HiddenOrders() {}

  static List<ToolFinding> in(String name, ToolDefinition definition) {
    List<ToolFinding> found = new ArrayList<>();
    look("/name", name, found);
    if (definition.text() == null) {
      found.add(new ToolFinding("", ToolFinding.Kind.TOO_LONG));
      return found;
    }
    Deque<Place> places = new ArrayDeque<>();
    places.add(new Place("", definition.members()));
    while (!places.isEmpty()) {
      Place place = places.removeFirst();
      if (place.value() instanceof String text) {
        look(place.at(), text, found);
      } else {
        children(place, places, found);
      }
    }
    return found;
  }

  private static void children(Place place, Deque<Place> places, List<ToolFinding> found) {
    if (place.value() instanceof Map<?, ?> members) {
      members.forEach(
          (key, value) -> {
            String at = Pointers.child(place.at(), String.valueOf(key));
            look(at, String.valueOf(key), found);
            places.add(new Place(at, value));
          });
    } else if (place.value() instanceof List<?> items) {
      for (int i = 0; i < items.size(); i++) {
        places.add(new Place(Pointers.child(place.at(), String.valueOf(i)), items.get(i)));
      }
    }
  }

  private static void look(String at, String text, List<ToolFinding> found) {
    if (Invisible.in(text)) {
      found.add(new ToolFinding(at, ToolFinding.Kind.INVISIBLE));
    }
    String plain = Invisible.without(text).toLowerCase(Locale.ROOT);
    ToolFinding.Kind last = null;
    for (Phrase phrase : PHRASES) {
      if (phrase.kind() != last && phrase.pattern().find(plain)) {
        last = phrase.kind();
        found.add(new ToolFinding(at, last));
      }
    }
  }

  private static List<Phrase> phrases() {
    try (InputStream in =
            Objects.requireNonNull(HiddenOrders.class.getResourceAsStream("phrases.tsv"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(HiddenOrders::phrase)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Phrase phrase(String line) {
    int tab = line.indexOf('\t');
    try {
      return new Phrase(
          ToolFinding.Kind.valueOf(line.substring(0, tab)),
          LinearPattern.compile(line.substring(tab + 1)));
    } catch (PatternProblem e) {
      throw new IllegalStateException("phrases.tsv: a pattern that does not compile", e);
    }
  }
}
