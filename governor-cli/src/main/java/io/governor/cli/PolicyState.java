package io.governor.cli;

import io.governor.policy.Policy;
import io.governor.policy.PolicyException;
import io.governor.policy.PolicyLoader;
import io.governor.policy.PolicyProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The policy of a state root.
 *
 * @param file {@code policy.yaml}
 * @param present whether that file is there
 * @param policy what it says, or null when it is not there or broken
 * @param problems what is wrong with it, or doubtful
 * @param unreadable why the file cannot be read, or null
 */
record PolicyState(
    Path file,
    boolean present,
    @Nullable Policy policy,
    List<PolicyProblem> problems,
    @Nullable String unreadable) {

  static final String FILE = "policy.yaml";

  static PolicyState of(Path stateRoot) {
    Path file = stateRoot.resolve(FILE);
    if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
      return new PolicyState(file, false, null, List.of(), null);
    }
    try {
      Policy policy = PolicyLoader.standard().load(file).policy();
      return new PolicyState(file, true, policy, List.of(), null);
    } catch (PolicyException e) {
      return new PolicyState(file, true, null, e.problems(), null);
    } catch (IOException e) {
      return new PolicyState(file, true, null, List.of(), LocalFiles.reason(e));
    }
  }

  /** The policy in a few words. */
  String inWords() {
    if (!present) {
      return "none in the state root: governor policy init writes one";
    }
    return policy == null
        ? FILE + " is broken and cannot be used: governor policy validate " + file
        : FILE
            + ", "
            + policy.id()
            + " revision "
            + policy.revision()
            + ", mode "
            + policy.mode().wireName()
            + ", hash "
            + policy.hash().substring(0, 12);
  }

  /** Says on standard error what is wrong first, and how much more is. */
  void tell(Terminal terminal) {
    if (unreadable != null) {
      terminal.complain(unreadable);
    } else if (!problems.isEmpty()) {
      int more = problems.size() - 1;
      terminal.complain(
          PolicySource.oneLine(file.toString(), problems.get(0))
              + (more == 0 ? "" : "; and " + Text.count(more, "problem") + " more"));
    }
  }

  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("file", file.toString());
    json.put("present", present);
    json.put("ready", policy != null);
    json.put("id", policy == null ? null : policy.id());
    json.put("revision", policy == null ? null : policy.revision());
    json.put("mode", policy == null ? null : policy.mode().wireName());
    json.put("hash", policy == null ? null : policy.hash());
    json.put("unreadable", unreadable);
    json.put("problems", problems.stream().map(PolicySource::json).toList());
    return json;
  }
}
