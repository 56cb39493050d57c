package io.governor.policy;

import io.governor.yaml.KeyPath;
import io.governor.yaml.Place;

/**
 * Something wrong with a policy document. Immutable.
 *
 * @param severity whether the document is refused for it
 * @param place line and column in the document, from 1
 * @param path the way to it through the document
 * @param message what is wrong and what would be accepted, in one sentence
 */
public record PolicyProblem(Severity severity, Place place, KeyPath path, String message) {

  /** Whether a document is refused. */
  public enum Severity {
    ERROR,
    WARNING
  }
}
