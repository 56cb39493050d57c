package io.governor.detect;

import io.governor.detect.JsonStrings.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Redacts the strings of one JSON text where they stand. Confined to one thread. */
final class JsonRedaction {

  private final String json;
  private final List<Place> places;
  private final Selection selection;
  private final Detectors detectors;
  private final Map<Integer, MemberNames> names = new HashMap<>();

  /** The names in each object, gathered when the first name is redacted. */
  private final Map<Integer, Set<String>> originalNames = new HashMap<>();

  private final StringBuilder out;
  private int copied;

  JsonRedaction(String json, List<Place> places, Selection selection, Detectors detectors) {
    this.json = json;
    this.places = places;
    this.selection = selection;
    this.detectors = detectors;
    this.out = new StringBuilder(json.length());
  }

  String run() {
    List<String> memberNames = List.of();
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      if (place.isName()) {
        memberNames = name(place);
        i = valueOfName(i, memberNames);
      } else {
        value(place, List.of());
      }
    }
    return copied == 0 ? json : out.append(json, copied, json.length()).toString();
  }

  /** The string right after a name is its value, unless a container or a scalar stands between. */
  private int valueOfName(int index, List<String> memberNames) {
    if (index + 1 < places.size()) {
      Place next = places.get(index + 1);
      if (!next.isName() && isDirectValue(places.get(index).end() + 1, next.start() - 1)) {
        value(next, memberNames);
        return index + 1;
      }
    }
    return index;
  }

  private boolean isDirectValue(int from, int to) {
    for (int i = from; i < to; i++) {
      char c = json.charAt(i);
      if (c != ':' && !Characters.isSpace(c)) {
        return false;
      }
    }
    return true;
  }

  /** Redacts a name; returns it as it was and as it is now, which both tell what its value is. */
  private List<String> name(Place place) {
    JsonUnescaped name = unescaped(place);
    List<Cut> cuts = Cut.of(name.content(), List.of(), selection, detectors);
    if (cuts.isEmpty()) {
      return List.of(name.content());
    }
    List<String> markers = namesOf(place.object()).markers(name.content(), cuts);
    write(place, name, cuts, markers);
    return List.of(name.content(), Rewriting.of(name.content(), cuts, markers));
  }

  private MemberNames namesOf(int object) {
    if (originalNames.isEmpty()) {
      for (Place place : places) {
        if (place.isName()) {
          originalNames
              .computeIfAbsent(place.object(), unused -> new HashSet<>())
              .add(unescaped(place).content());
        }
      }
    }
    return names.computeIfAbsent(
        object, unused -> new MemberNames(originalNames.getOrDefault(object, Set.of())));
  }

  private void value(Place place, List<String> memberNames) {
    JsonUnescaped value = unescaped(place);
    List<Cut> cuts = Cut.of(value.content(), memberNames, selection, detectors);
    if (!cuts.isEmpty()) {
      List<String> markers = new ArrayList<>();
      cuts.forEach(cut -> markers.add(Marker.text(cut.detector())));
      write(place, value, cuts, markers);
    }
  }

  private JsonUnescaped unescaped(Place place) {
    return JsonUnescaped.of(json.substring(place.start(), place.end()));
  }

  private void write(Place place, JsonUnescaped string, List<Cut> cuts, List<String> markers) {
    for (int i = 0; i < cuts.size(); i++) {
      Cut cut = cuts.get(i);
      out.append(json, copied, place.start() + string.place(cut.start())).append(markers.get(i));
      copied = place.start() + string.place(cut.end());
    }
  }
}
