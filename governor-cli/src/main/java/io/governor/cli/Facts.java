package io.governor.cli;

import java.util.ArrayList;
import java.util.List;

/** Names and values, one per line, the values below one another. Not for several threads. */
final class Facts {

  private static final int GAP = 2;

  private record Fact(String name, String value) {}

  private final List<Fact> facts = new ArrayList<>();

  /** Adds a fact. Its value is never shortened: people copy paths and hashes. */
  Facts add(String name, Object value) {
    facts.add(new Fact(Text.line(name), Text.line(String.valueOf(value))));
    return this;
  }

  List<String> lines() {
    int widest = facts.stream().mapToInt(fact -> Text.width(fact.name())).max().orElse(0);
    return facts.stream()
        .map(fact -> Text.padded(fact.name(), widest + GAP) + fact.value())
        .map(String::stripTrailing)
        .toList();
  }
}
