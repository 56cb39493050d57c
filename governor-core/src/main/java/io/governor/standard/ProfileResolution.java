package io.governor.standard;

import io.governor.file.StateRoot;
import io.governor.standard.ProfileProblem.Severity;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the profile for an agent: {@code resolution.yaml} binds agents to profiles, {@code
 * profile.yaml} is for all others (execution record, section 7.6). Files are read at each call, so
 * a session that starts gets what is there, and one that runs keeps what it has. Nothing in them
 * throws. Safe to share between threads.
 */
public final class ProfileResolution {

  static final String RESOLUTION_FILE = "resolution.yaml";
  static final String DEFAULT_FILE = "profile.yaml";

  private final Path stateRoot;
  private final String home;

  ProfileResolution(Path stateRoot, String home) {
    this.stateRoot = stateRoot;
    this.home = home;
  }

  /** The resolution of a state root. */
  public static ProfileResolution at(Path stateRoot) {
    return new ProfileResolution(stateRoot, StateRoot.userHome().toString());
  }

  /** How a profile was found. */
  public enum Source {
    /** By a binding. */
    BOUND,
    /** A binding matched but its profile is not ready; the default profile applies, if ready. */
    DEGRADED,
    /** No binding matched; the default profile applies. */
    DEFAULT,
    /** There is none. */
    NONE
  }

  /**
   * The profile for an agent.
   *
   * @param profile null when the session runs without one
   * @param binding the pattern that matched, with {@link Source#BOUND} and {@link Source#DEGRADED}
   * @param problems what is wrong in the files that were read
   */
  public record Resolved(
      @Nullable Profile profile,
      Source source,
      @Nullable String binding,
      List<ProfileProblem> problems) {

    public Resolved {
      problems = List.copyOf(problems);
    }
  }

  /** Finds the profile for an agent. */
  public Resolved resolve(String agentId) {
    List<ProfileProblem> problems = new ArrayList<>();
    for (ResolutionFile.Binding binding : bindings(problems)) {
      if (binding.agentId().matches(agentId)) {
        return bound(binding, problems);
      }
    }
    Profile profile = defaultProfile(problems);
    return new Resolved(profile, profile == null ? Source.NONE : Source.DEFAULT, null, problems);
  }

  private List<ResolutionFile.Binding> bindings(List<ProfileProblem> problems) {
    Path file = stateRoot.resolve(RESOLUTION_FILE);
    return isAbsent(file) ? List.of() : ResolutionFile.read(file, problems);
  }

  private Resolved bound(ResolutionFile.Binding binding, List<ProfileProblem> problems) {
    Profile profile = load(binding, problems);
    return profile == null
        ? new Resolved(defaultProfile(problems), Source.DEGRADED, binding.agentIdGlob(), problems)
        : new Resolved(profile, Source.BOUND, binding.agentIdGlob(), problems);
  }

  private @Nullable Profile load(ResolutionFile.Binding binding, List<ProfileProblem> problems) {
    Path file;
    try {
      file = stateRoot.resolve(expandHome(binding.profile()));
    } catch (InvalidPathException e) {
      problems.add(binding.problem(Severity.ERROR, "not a path on this system"));
      return null;
    }
    LoadedProfile loaded = ProfileLoader.load(file);
    problems.addAll(loaded.problems());
    return loaded.profile();
  }

  private @Nullable Profile defaultProfile(List<ProfileProblem> problems) {
    Path file = stateRoot.resolve(DEFAULT_FILE);
    if (isAbsent(file)) {
      return null;
    }
    LoadedProfile loaded = ProfileLoader.load(file);
    problems.addAll(loaded.problems());
    return loaded.profile();
  }

  /** A file that cannot be seen, or a link to nowhere, is not absent: it is named as a problem. */
  private static boolean isAbsent(Path file) {
    return Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
  }

  private String expandHome(String path) {
    return path.equals("~") || path.startsWith("~/") ? home + path.substring(1) : path;
  }
}
