package io.governor.policy;

import io.governor.detect.Detector;
import io.governor.detect.DetectorFamily;
import io.governor.detect.Detectors;
import io.governor.detect.Spans;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The documents of the tests: resources of this package. */
final class Documents {

  /** The built-in detectors and one of a host. */
  static final Detectors DETECTORS = Detectors.builtIn().with(new CardDetector());

  private static final String LOADER_ALONE = " (loader)";

  private Documents() {}

  private static final class CardDetector implements Detector {

    @Override
    public String name() {
      return "card";
    }

    @Override
    public DetectorFamily family() {
      return DetectorFamily.PERSONAL;
    }

    @Override
    public void find(String text, Spans found) {}
  }

  /**
   * A document and what is said about it.
   *
   * @param said lines such as {@code ERROR 1:1: path: message}
   * @param loaderAlone whether a schema cannot know what is wrong
   */
  record Case(String name, String document, List<String> said, boolean loaderAlone) {

    boolean refused() {
      return said.stream().anyMatch(line -> line.startsWith("ERROR"));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (String block : text("documents.txt").split("(?m)^=== ", -1)) {
      if (!block.startsWith("#")) {
        cases.add(parse(block));
      }
    }
    return cases;
  }

  private static Case parse(String block) {
    int name = block.indexOf('\n');
    int said = block.lastIndexOf("\n---\n");
    String document = block.substring(Math.min(name + 1, said + 1), said + 1);
    return new Case(
        block.substring(0, name),
        document.replace("{NUL}", "\0").replace("{SOH}", "\1"),
        block.substring(said + 5).strip().lines().toList(),
        block.substring(0, name).endsWith(LOADER_ALONE));
  }

  static String text(String resource) {
    try (InputStream in = Documents.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A document with one rule for each line. */
  static String withRules(String... rules) {
    return "governor: 1\nid: a\nrules:\n  - " + String.join("\n  - ", rules) + "\n";
  }
}
