package io.governor.event;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the reference data beside the checkout; tests that need it are skipped without it. */
public final class ReferenceData {

  private ReferenceData() {}

  /** The file of that name; aborts the test when there is none. */
  public static Path file(String name) {
    String root = System.getProperty("governor.vectors", "");
    Path file = Path.of(root, name);
    assumeTrue(
        !root.isEmpty() && Files.exists(file),
        () -> "skipped: no reference data " + name + " (system property governor.vectors)");
    return file;
  }
}
