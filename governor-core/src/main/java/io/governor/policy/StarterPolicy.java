package io.governor.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The policies to start with: commented documents in mode observe, with cases of their own, each
 * rule with the item of the OWASP Top 10 for Agentic Applications 2026 that it serves. Any thread
 * may use them.
 */
public enum StarterPolicy {
  /** For agents that write programs with shells and files. */
  CODING_AGENT("coding-agent"),
  /** For agents that answer customers. */
  SUPPORT_AGENT("support-agent"),
  /** For agents that ask databases. */
  DATA_AGENT("data-agent");

  private final String wireName;

  StarterPolicy(String wireName) {
    this.wireName = wireName;
  }

  /** The word used on the command line, such as {@code coding-agent}. */
  public String wireName() {
    return wireName;
  }

  /** The starter policy of a word, if there is one. */
  public static Optional<StarterPolicy> named(String wireName) {
    for (StarterPolicy policy : values()) {
      if (policy.wireName.equals(wireName)) {
        return Optional.of(policy);
      }
    }
    return Optional.empty();
  }

  /** The document with its comments, YAML. */
  public String text() {
    String resource = "starter/" + wireName + ".yaml";
    try (InputStream in = StarterPolicy.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The policy. It is read with each call; its cases are not run again. */
  public Policy policy() {
    try {
      return PolicyLoader.standard().withoutCases().parse(wireName, text()).policy();
    } catch (PolicyException e) {
      throw new IllegalStateException("a starter policy is refused", e);
    }
  }
}
