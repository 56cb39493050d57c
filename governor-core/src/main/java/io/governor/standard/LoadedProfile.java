package io.governor.standard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of loading a profile file.
 *
 * @param profile the profile, or null when it is not ready, which an error among the problems
 *     explains
 * @param problems what is wrong, in order of place
 */
public record LoadedProfile(@Nullable Profile profile, List<ProfileProblem> problems) {

  public LoadedProfile {
    problems = List.copyOf(problems);
  }
}
