package io.governor.detect;

import java.util.List;

/** Puts markers in the place of cuts. Pure functions. */
final class Rewriting {

  private Rewriting() {}

  static String of(String text, List<Cut> cuts) {
    return of(text, cuts, cuts.stream().map(cut -> Marker.text(cut.detector())).toList());
  }

  static String of(String text, List<Cut> cuts, List<String> markers) {
    StringBuilder out = new StringBuilder(text.length());
    int from = 0;
    for (int i = 0; i < cuts.size(); i++) {
      out.append(text, from, cuts.get(i).start()).append(markers.get(i));
      from = cuts.get(i).end();
    }
    return out.append(text, from, text.length()).toString();
  }
}
