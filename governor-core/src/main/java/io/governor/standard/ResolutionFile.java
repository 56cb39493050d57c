package io.governor.standard;

import io.governor.standard.ProfileProblem.Severity;
import io.governor.yaml.KeyPath;
import io.governor.yaml.Place;
import io.governor.yaml.YamlNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code resolution.yaml} (execution record, section 7.6). A defect of the file as a whole is
 * one warning and no bindings; a defective entry is a warning and skipped. Used once.
 */
final class ResolutionFile {

  private static final KeyPath BINDINGS = KeyPath.of("bindings");

  private final String file;
  private final List<ProfileProblem> problems;
  private final List<Binding> bindings = new ArrayList<>();

  private ResolutionFile(String file, List<ProfileProblem> problems) {
    this.file = file;
    this.problems = problems;
  }

  /** One entry: agents whose id matches get the profile at the path. */
  record Binding(
      AgentGlob agentId,
      String agentIdGlob,
      String profile,
      String file,
      Place place,
      KeyPath path) {

    ProfileProblem problem(Severity severity, String message) {
      return ProfileProblem.at(place, severity, file, path.name("profile"), message);
    }
  }

  static List<Binding> read(Path file, List<ProfileProblem> problems) {
    List<ProfileProblem> broken = new ArrayList<>();
    ConfigurationFile.Content content = ConfigurationFile.read(file, broken);
    ResolutionFile reading = new ResolutionFile(file.toString(), problems);
    for (ProfileProblem problem : broken) {
      reading.warn(
          new Place(problem.line(), problem.column()), problem.path(), ignored(problem.message()));
    }
    YamlNode root = content == null ? null : content.root();
    if (root != null && root.data() != null) {
      reading.readRoot(root);
    }
    return reading.bindings;
  }

  private static String ignored(String message) {
    return message + "; the file is ignored";
  }

  private void readRoot(YamlNode root) {
    if (!(root instanceof YamlNode.Mapping mapping)) {
      warn(root.place(), KeyPath.ROOT, ignored("must be a mapping of schema_version and bindings"));
      return;
    }
    YamlNode version = root.find(KeyPath.of(ProfileData.SCHEMA_VERSION));
    if (version != null && !Long.valueOf(1).equals(version.data())) {
      warn(version.place(), ProfileData.SCHEMA_VERSION, ignored("must be 1"));
      return;
    }
    YamlNode list = root.find(BINDINGS);
    if (!(list instanceof YamlNode.Sequence sequence)) {
      Place place = list == null ? root.place() : list.place();
      warn(place, BINDINGS, ignored("must be a list of agent_id and profile"));
      return;
    }
    warnOfOtherKeys(mapping, KeyPath.ROOT, Set.of(ProfileData.SCHEMA_VERSION, "bindings"));
    for (int i = 0; i < sequence.items().size(); i++) {
      readEntry(sequence.items().get(i), BINDINGS.item(i));
    }
  }

  private void readEntry(YamlNode node, KeyPath path) {
    if (!(node instanceof YamlNode.Mapping mapping)) {
      warn(node.place(), path, "must be a mapping of agent_id and profile; the entry is skipped");
      return;
    }
    warnOfOtherKeys(mapping, path, Set.of("agent_id", "profile"));
    String agentId = text(mapping, path, "agent_id");
    String profile = text(mapping, path, "profile");
    if (agentId != null && profile != null) {
      YamlNode.Entry entry = mapping.entries().get("profile");
      Place place = entry == null ? mapping.place() : entry.value().place();
      bindings.add(new Binding(new AgentGlob(agentId), agentId, profile, file, place, path));
    }
  }

  private @Nullable String text(YamlNode.Mapping entry, KeyPath path, String key) {
    YamlNode node = entry.find(KeyPath.of(key));
    if (node != null && node.data() instanceof String text && !text.isBlank()) {
      return text;
    }
    Place place = node == null ? entry.place() : node.place();
    warn(place, path.name(key), "must be a string that is not blank; the entry is skipped");
    return null;
  }

  private void warnOfOtherKeys(YamlNode.Mapping mapping, KeyPath path, Set<String> known) {
    mapping.entries().entrySet().stream()
        .filter(each -> !known.contains(each.getKey()))
        .forEach(
            each ->
                warn(each.getValue().keyPlace(), path.name(each.getKey()), "unknown key, ignored"));
  }

  private void warn(Place place, Object path, String message) {
    problems.add(ProfileProblem.at(place, Severity.WARNING, file, path, message));
  }
}
