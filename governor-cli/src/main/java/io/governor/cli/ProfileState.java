package io.governor.cli;

import io.governor.standard.LoadedProfile;
import io.governor.standard.Profile;
import io.governor.standard.ProfileLoader;
import io.governor.standard.ProfileProblem;
import io.governor.standard.ProfileProblem.Severity;
import io.governor.standard.ProfileResolution;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The profile and the bindings of a state root.
 *
 * @param profileFile {@code profile.yaml}
 * @param present whether that file is there
 * @param profile what it holds, or null when it is not there or not ready
 * @param bindingsFile {@code resolution.yaml}
 * @param bindingsPresent whether that file is there
 * @param problems what is wrong in either
 */
record ProfileState(
    Path profileFile,
    boolean present,
    @Nullable Profile profile,
    Path bindingsFile,
    boolean bindingsPresent,
    List<ProfileProblem> problems) {

  static final String PROFILE = "profile.yaml";
  static final String RESOLUTION = "resolution.yaml";

  /** An agent that no sensible pattern names: only the files as such are of interest. */
  private static final String NOBODY = "";

  static ProfileState of(Path stateRoot) {
    Path profileFile = stateRoot.resolve(PROFILE);
    Path bindingsFile = stateRoot.resolve(RESOLUTION);
    List<ProfileProblem> problems = new ArrayList<>();
    Profile profile = null;
    boolean present = isPresent(profileFile);
    if (present) {
      LoadedProfile loaded = ProfileLoader.load(profileFile);
      problems.addAll(loaded.problems());
      profile = loaded.profile();
    }
    boolean bindingsPresent = isPresent(bindingsFile);
    if (bindingsPresent) {
      ProfileResolution.at(stateRoot).resolve(NOBODY).problems().stream()
          .filter(problem -> problem.file().equals(bindingsFile.toString()))
          .forEach(problems::add);
    }
    return new ProfileState(profileFile, present, profile, bindingsFile, bindingsPresent, problems);
  }

  private static boolean isPresent(Path file) {
    return !Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** The profile in a few words. */
  String profileInWords() {
    if (!present) {
      return "none, the standard rules apply as they are";
    }
    if (profile == null) {
      return PROFILE
          + " is not ready, sessions run without it: governor profile validate "
          + profileFile;
    }
    return PROFILE + profile.fingerprint().map(print -> ", fingerprint " + print).orElse(", empty");
  }

  /** The bindings in a few words. */
  String bindingsInWords() {
    if (!bindingsPresent) {
      return "none, the profile is for all agents";
    }
    long defects =
        problems.stream().filter(problem -> problem.file().equals(bindingsFile.toString())).count();
    return RESOLUTION + (defects == 0 ? "" : ", " + Text.count(defects, "problem"));
  }

  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("file", profileFile.toString());
    json.put("present", present);
    json.put("ready", profile != null);
    json.put("fingerprint", profile == null ? null : profile.fingerprint().orElse(null));
    json.put("bindings_file", bindingsFile.toString());
    json.put("bindings_present", bindingsPresent);
    json.put("problems", json(problems));
    return json;
  }

  /** Problems for programs. */
  static List<Map<String, Object>> json(List<ProfileProblem> problems) {
    return problems.stream().map(ProfileState::json).toList();
  }

  private static Map<String, Object> json(ProfileProblem problem) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("severity", problem.severity().name().toLowerCase(java.util.Locale.ROOT));
    json.put("file", problem.file());
    json.put("line", problem.line());
    json.put("column", problem.column());
    json.put("path", problem.path());
    json.put("message", problem.message());
    return json;
  }

  /** Says on standard error what is wrong, with its place and weight. */
  static void tell(Terminal terminal, List<ProfileProblem> problems) {
    for (ProfileProblem problem : problems) {
      String weight =
          problem.severity() == Severity.ERROR
              ? ""
              : problem.severity().name().toLowerCase(java.util.Locale.ROOT) + ": ";
      terminal.complain(weight + problem.oneLine());
    }
  }
}
