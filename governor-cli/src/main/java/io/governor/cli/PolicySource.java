package io.governor.cli;

import io.governor.policy.LoadedPolicy;
import io.governor.policy.PolicyException;
import io.governor.policy.PolicyLoader;
import io.governor.policy.PolicyProblem;
import io.governor.policy.PolicyProblem.Severity;
import io.governor.policy.StarterPolicy;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A policy as it is named on the command line: a file, or {@code starter:} and a starter policy's
 * word.
 *
 * @param name what was typed
 */
record PolicySource(String name) {

  static final String STARTER = "starter:";

  /**
   * Reads it.
   *
   * @throws PolicyException when the document is refused
   * @throws CommandFailure when there is no such policy, or it cannot be read
   */
  LoadedPolicy load(PolicyLoader loader) throws PolicyException {
    if (name.startsWith(STARTER)) {
      return loader.parse(name, starter(name.substring(STARTER.length())).text());
    }
    try {
      return loader.load(Path.of(name));
    } catch (IOException e) {
      throw CommandFailure.usage(LocalFiles.reason(e));
    } catch (InvalidPathException e) {
      throw CommandFailure.usage("this is the name of no file: \"" + name + "\"");
    }
  }

  /** The starter policy of a word. */
  static StarterPolicy starter(String word) {
    return StarterPolicy.named(word)
        .orElseThrow(
            () ->
                CommandFailure.usage(
                    "there is no starter policy \""
                        + word
                        + "\"; expected "
                        + String.join(
                            ", ",
                            Arrays.stream(StarterPolicy.values())
                                .map(StarterPolicy::wireName)
                                .toList())));
  }

  /** Says what is wrong or doubtful, each with its place. */
  static void tell(Terminal terminal, String source, List<PolicyProblem> problems) {
    for (PolicyProblem problem : problems) {
      String weight = problem.severity() == Severity.WARNING ? "warning: " : "";
      terminal.complain(weight + oneLine(source, problem));
    }
  }

  static String oneLine(String source, PolicyProblem problem) {
    return source
        + ":"
        + problem.place().line()
        + ":"
        + problem.place().column()
        + ": "
        + problem.path()
        + ": "
        + problem.message();
  }

  /** A problem for programs. */
  static Map<String, Object> json(PolicyProblem problem) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("line", problem.place().line());
    json.put("column", problem.place().column());
    json.put("path", problem.path().toString());
    json.put("message", problem.message());
    return json;
  }
}
