package io.governor.policy;

import io.governor.yaml.Place;
import io.governor.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
   * @throws IllegalArgumentException with everything that is wrong
   */
  static List<PolicyProblem> check(Policy policy, Set<String> detectors) {
    Problems problems = new Problems();
    Policy read = new PolicyReading(problems, detectors).document(node(PolicyDocument.of(policy)));
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
