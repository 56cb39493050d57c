package io.governor.policy;

import io.governor.PolicyCases;
import io.governor.detect.Detectors;
import io.governor.yaml.KeyPath;
import io.governor.yaml.Place;
import io.governor.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks a policy that was made in Java, by reading the document it would be written as: what a
 * file may not say, Java may not either. Stateless.
 */
final class PolicyCheck {

  private PolicyCheck() {}

  /**
   * The warnings about the policy.
   *
   * @throws IllegalArgumentException with everything that is wrong, failing cases included
   */
  static List<PolicyProblem> check(Policy policy, Detectors detectors) {
    Problems problems = new Problems();
    Policy read = new PolicyReading(problems, detectors).document(node(PolicyDocument.of(policy)));
    if (policy.equals(read)) {
      failures(policy, detectors)
          .forEach(
              (index, failure) ->
                  problems.error(Place.START, KeyPath.of("cases").item(index), failure.message()));
    }
    if (problems.count() > 0) {
      throw new IllegalArgumentException(
          "policy "
              + policy.id()
              + ":\n"
              + problems.errors().stream()
                  .map(problem -> problem.path() + ": " + problem.message())
                  .collect(Collectors.joining("\n")));
    }
    if (!policy.equals(read)) {
      throw new IllegalArgumentException(
          "policy " + policy.id() + ": expected what a document can hold");
    }
    return problems.warnings();
  }

  /** The words that a rule may write under {@code detect}. */
  static Set<String> words(Detectors detectors) {
    Set<String> words = new TreeSet<>(KnownNames.FAMILIES);
    words.addAll(detectors.names());
    return words;
  }

  /** The policy's own cases that fail, by their place in the list. */
  static SortedMap<Integer, PolicyCases.Failure> failures(Policy policy, Detectors detectors) {
    SortedMap<Integer, PolicyCases.Failure> byIndex = new TreeMap<>();
    if (policy.cases().isEmpty()) {
      return byIndex;
    }
    for (PolicyCases.Failure failure : PolicyCases.failures(policy, policy.cases(), detectors)) {
      byIndex.put(policy.cases().indexOf(failure.example()), failure);
    }
    return byIndex;
  }

  private static YamlNode node(@Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
      members.forEach(
          (name, member) ->
              entries.put(String.valueOf(name), new YamlNode.Entry(Place.START, node(member))));
      return new YamlNode.Mapping(Place.START, entries);
    }
    if (value instanceof List<?> items) {
      List<YamlNode> nodes = new ArrayList<>(items.size());
      items.forEach(item -> nodes.add(node(item)));
      return new YamlNode.Sequence(Place.START, nodes);
    }
    return new YamlNode.Scalar(Place.START, value);
  }
}
