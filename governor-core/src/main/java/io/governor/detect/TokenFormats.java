package io.governor.detect;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** Reads {@code token-formats.txt}, whose head describes its form. */
final class TokenFormats {

  private static final String RESOURCE = "token-formats.txt";
  private static final Set<String> NOT_READ = Set.of("source", "yes", "no");

  private TokenFormats() {}

  static List<Recognizer> builtIn() {
    try (InputStream in = TokenFormats.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("Missing from the jar: " + RESOURCE);
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return read(reader.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Recognizer> read(List<String> lines) {
    List<Recognizer> formats = new ArrayList<>();
    Row row = new Row();
    int number = 0;
    for (String line : lines) {
      number++;
      try {
        if (line.isBlank()) {
          row.addTo(formats);
          row = new Row();
        } else if (!line.startsWith("#")) {
          row.read(line);
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(RESOURCE + ":" + number + ": " + e.getMessage(), e);
      }
    }
    row.addTo(formats);
    return formats;
  }

  /** The lines of one row so far. */
  private static final class Row {

    private @Nullable String name;
    private DetectorFamily family = DetectorFamily.SECRET;
    private List<String> literals = List.of();
    private boolean named;
    private @Nullable TokenShape before;
    private @Nullable TokenShape shape;
    private List<TokenCheck> checks = List.of();

    void read(String line) {
      int space = line.indexOf(' ');
      String key = space < 0 ? line : line.substring(0, space);
      String value = space < 0 ? "" : line.substring(space).strip();
      switch (key) {
        case "detector" -> name = value;
        case "family" -> family = DetectorFamily.valueOf(value);
        case "literals" -> literals = words(value);
        case "names" -> {
          List<String> names = new ArrayList<>();
          for (String word : words(value)) {
            names.add(word.replace('~', ' '));
          }
          literals = List.copyOf(names);
          named = true;
        }
        case "before" -> before = TokenShape.parse(value);
        case "shape" -> shape = TokenShape.parse(value);
        case "checks" -> {
          List<TokenCheck> asked = new ArrayList<>();
          for (String word : words(value)) {
            asked.add(TokenCheck.named(word));
          }
          checks = List.copyOf(asked);
        }
        default -> {
          if (!NOT_READ.contains(key)) {
            throw new IllegalArgumentException("unknown key: " + key);
          }
        }
      }
    }

    private static List<String> words(String value) {
      List<String> words = new ArrayList<>();
      StringTokenizer each = new StringTokenizer(value, " ");
      while (each.hasMoreTokens()) {
        words.add(each.nextToken());
      }
      return List.copyOf(words);
    }

    void addTo(List<Recognizer> formats) {
      if (name == null && literals.isEmpty()) {
        return;
      }
      if (name == null || !Detectors.isWellFormed(name) || literals.isEmpty() || shape == null) {
        throw new IllegalArgumentException("a row needs detector, literals or names, and shape");
      }
      formats.add(
          named
              ? new NamedValueFormat(name, family, literals, shape, checks)
              : new TokenFormat(name, family, literals, before, shape, checks));
    }
  }
}
