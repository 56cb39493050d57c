package io.governor.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The explanations of the standard rules and flags, from {@code explanations.txt}. Immutable. */
final class Explanations {

  private final List<Explanation> all;

  private Explanations(List<Explanation> all) {
    this.all = List.copyOf(all);
  }

  static Explanations load() {
    try (InputStream in = Explanations.class.getResourceAsStream("explanations.txt")) {
      if (in == null) {
        throw new IllegalStateException("explanations.txt is not on the class path");
      }
      return read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Explanations read(BufferedReader reader) throws IOException {
    List<Explanation> all = new ArrayList<>();
    List<String> block = new ArrayList<>();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.isBlank()) {
        finish(block, all);
      } else if (line.startsWith(" ")) {
        block.set(block.size() - 1, block.get(block.size() - 1) + " " + line.strip());
      } else if (!line.startsWith("#")) {
        block.add(line);
      }
    }
    finish(block, all);
    return new Explanations(all);
  }

  private static void finish(List<String> block, List<Explanation> all) {
    if (block.isEmpty()) {
      return;
    }
    String[] head = block.get(0).split(" ", 2);
    Map<String, String> parts = new LinkedHashMap<>();
    for (String line : block.subList(1, block.size())) {
      String[] part = line.split(": ", 2);
      parts.put(part[0], part[1]);
    }
    all.add(
        new Explanation(
            head[0], head[1], part(parts, "checks"), part(parts, "fires"), part(parts, "remedy")));
    block.clear();
  }

  private static String part(Map<String, String> parts, String name) {
    String part = parts.get(name);
    if (part == null) {
      throw new IllegalStateException("explanations.txt: a block without " + name);
    }
    return part;
  }

  /** All of them, rules first. */
  List<Explanation> all() {
    return all;
  }

  /** The one of that rule id or flag, however it is capitalised. */
  Optional<Explanation> find(String idOrFlag) {
    String wanted = idOrFlag.toUpperCase(Locale.ROOT);
    return all.stream().filter(each -> each.id().equals(wanted)).findFirst();
  }
}
