package io.governor.standard;

import io.governor.standard.ProfileProblem.Severity;
import io.governor.yaml.KeyPath;
import io.governor.yaml.Place;
import io.governor.yaml.YamlNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loads and validates profile files (execution record, sections 7.2 and 7.7). It never writes the
 * file and throws nothing because of it: whatever is wrong becomes a located {@link
 * ProfileProblem}. Any thread may use it.
 */
public final class ProfileLoader {

  private ProfileLoader() {}

  /** Loads a profile as a session does. */
  public static LoadedProfile load(Path file) {
    return load(file, false);
  }

  /**
   * Loads a profile.
   *
   * @param strict whether keys, values and patterns that would be ignored with a warning are
   *     errors; words reserved for later versions stay warnings
   */
  public static LoadedProfile load(Path file, boolean strict) {
    List<ProfileProblem> problems = new ArrayList<>();
    ConfigurationFile.Content content = ConfigurationFile.read(file, problems);
    if (content == null) {
      return new LoadedProfile(null, problems);
    }
    YamlNode root = content.root();
    if (root == null || root.data() == null) {
      return new LoadedProfile(Profile.defaults(), problems);
    }
    if (!(root instanceof YamlNode.Mapping mapping)) {
      problems.add(
          ProfileProblem.at(
              root.place(),
              Severity.ERROR,
              file.toString(),
              KeyPath.ROOT,
              "a profile must be a mapping"));
      return new LoadedProfile(null, problems);
    }
    return validate(file.toString(), mapping, content.header(), strict);
  }

  private static LoadedProfile validate(
      String file, YamlNode.Mapping root, ContentHashComment header, boolean strict) {
    Map<String, @Nullable Object> data = ProfileData.merge(root.data());
    ProfileReading reading = new ProfileReading(data);
    reading.settings();
    List<ProfileProblem> problems = new ArrayList<>();
    for (ProfileFinding finding : reading.findings()) {
      problems.add(
          ProfileProblem.at(
              place(root, finding),
              severity(finding.kind(), strict),
              file,
              finding.path(),
              strict ? finding.refusal() : finding.message()));
    }
    Profile profile = Profile.fromFile(data);
    header
        .staleAgainst(profile.contentHash())
        .ifPresent(
            place ->
                problems.add(
                    ProfileProblem.at(
                        place,
                        Severity.NOTE,
                        file,
                        KeyPath.ROOT,
                        "the content hash in the header is not that of this profile, which is "
                            + profile.contentHash())));
    problems.sort(
        Comparator.comparingInt(ProfileProblem::line).thenComparingInt(ProfileProblem::column));
    boolean ready = problems.stream().noneMatch(p -> p.severity() == Severity.ERROR);
    return new LoadedProfile(ready ? profile : null, problems);
  }

  private static Severity severity(ProfileFinding.Kind kind, boolean strict) {
    return switch (kind) {
      case MALFORMED -> Severity.ERROR;
      case IGNORED, UNKNOWN -> strict ? Severity.ERROR : Severity.WARNING;
      case RESERVED -> Severity.WARNING;
    };
  }

  private static Place place(YamlNode.Mapping root, ProfileFinding finding) {
    Place place = finding.ofKey() ? root.keyPlace(finding.path()) : root.valuePlace(finding.path());
    return place == null ? root.place() : place;
  }
}
