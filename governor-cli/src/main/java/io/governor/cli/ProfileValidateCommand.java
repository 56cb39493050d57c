package io.governor.cli;

import io.governor.standard.LoadedProfile;
import io.governor.standard.Profile;
import io.governor.standard.ProfileLoader;
import io.governor.standard.ProfileProblem.Severity;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code governor profile validate}: whether a session would use a profile. What is wrong stands on
 * standard error with its place; a profile that would not be used is bad input.
 */
@Command(name = "validate", description = "Check a profile; problems are told with their places.")
final class ProfileValidateCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(paramLabel = "FILE", description = "The profile.")
  private Path file = Path.of("");

  @Option(
      names = "--strict",
      description = "Refuse keys and values that a session would ignore with a warning.")
  private boolean strict;

  @Option(names = "--json", description = "Print JSON, also for a profile that is refused.")
  private boolean json;

  ProfileValidateCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Terminal terminal = invocation.terminal();
    LoadedProfile loaded = ProfileLoader.load(file, strict);
    ProfileState.tell(terminal, loaded.problems());
    Profile profile = loaded.profile();
    if (json) {
      terminal.answer(Json.text(json(loaded)) + "\n");
    } else if (profile != null) {
      terminal.answer(sentence(profile, loaded) + "\n");
    }
    return profile == null ? ExitCode.USAGE : ExitCode.DONE;
  }

  private String sentence(Profile profile, LoadedProfile loaded) {
    long warnings =
        loaded.problems().stream().filter(each -> each.severity() == Severity.WARNING).count();
    return Text.line(file.toString())
        + ": ready, "
        + profile.fingerprint().map(print -> "fingerprint " + print).orElse("empty: the defaults")
        + (warnings == 0 ? "" : ", " + Text.count(warnings, "warning"));
  }

  private Map<String, @Nullable Object> json(LoadedProfile loaded) {
    Profile profile = loaded.profile();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("file", file.toString());
    json.put("strict", strict);
    json.put("ready", profile != null);
    json.put("fingerprint", profile == null ? null : profile.fingerprint().orElse(null));
    json.put("content_hash", profile == null ? null : profile.contentHash());
    json.put("problems", ProfileState.json(loaded.problems()));
    return json;
  }
}
