package io.governor.cli;

import io.governor.standard.Profile;
import io.governor.standard.ProfileResolution;
import io.governor.standard.ProfileResolution.Resolved;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code governor profile resolve}: the profile a session of an agent would get. */
@Command(name = "resolve", description = "Show which profile a session of an agent would get.")
final class ProfileResolveCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(paramLabel = "AGENT_ID", description = "The agent's id.")
  private String agentId = "";

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  ProfileResolveCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Terminal terminal = invocation.terminal();
    Resolved resolved = ProfileResolution.at(invocation.stateRoot()).resolve(agentId);
    ProfileState.tell(terminal, resolved.problems());
    if (json) {
      terminal.answer(Json.text(json(resolved)) + "\n");
    } else {
      terminal.answer(lines(resolved));
    }
    return ExitCode.DONE;
  }

  private List<String> lines(Resolved resolved) {
    Facts facts = new Facts();
    facts.add("Agent", agentId);
    facts.add("Source", word(resolved) + ": " + meaning(resolved));
    if (resolved.binding() != null) {
      facts.add("Binding", resolved.binding());
    }
    Profile profile = resolved.profile();
    if (profile != null) {
      facts.add("Fingerprint", profile.fingerprint().orElse("none, the profile is empty"));
    }
    return facts.lines();
  }

  private static String word(Resolved resolved) {
    return resolved.source().name().toLowerCase(Locale.ROOT);
  }

  private static String meaning(Resolved resolved) {
    return switch (resolved.source()) {
      case BOUND -> "a binding names its profile";
      case DEGRADED ->
          resolved.profile() == null
              ? "the profile of its binding is not ready, and there is no default: none applies"
              : "the profile of its binding is not ready, the default applies";
      case DEFAULT -> "no binding names it, the default applies";
      case NONE -> "no profile applies, the standard rules as they are";
    };
  }

  private Map<String, @Nullable Object> json(Resolved resolved) {
    Profile profile = resolved.profile();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("agent_id", agentId);
    json.put("source", word(resolved));
    json.put("binding", resolved.binding());
    json.put("fingerprint", profile == null ? null : profile.fingerprint().orElse(null));
    json.put("content_hash", profile == null ? null : profile.contentHash());
    json.put("problems", ProfileState.json(resolved.problems()));
    return json;
  }
}
