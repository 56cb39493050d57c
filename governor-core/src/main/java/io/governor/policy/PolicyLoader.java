package io.governor.policy;

import io.governor.detect.Detectors;
import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;
import io.governor.yaml.JsonNodes;
import io.governor.yaml.KeyPath;
import io.governor.yaml.Place;
import io.governor.yaml.PlainScalars;
import io.governor.yaml.YamlNode;
import io.governor.yaml.YamlProblem;
import io.governor.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads policy documents, YAML 1.2 or JSON, of at most 4 MiB, 10,000 rules, and 10,000 cases that
 * make at most 100,000 calls together. Everything that is wrong is told at once, each with its
 * line, column and path; a document with an error gives no policy. A rule that certainly matches no
 * call is an error; parts of rules that match none, rules that never decide because another one
 * always does, and tools that are allowed and denied at once are warnings. Patterns, globs,
 * pointers, zones and detectors are tried while they are read, so what was read can be used; then
 * its cases are run, and each that fails is an error at its place. Immutable; safe to share between
 * threads.
 */
public final class PolicyLoader {

  private static final PolicyLoader STANDARD = new PolicyLoader(Detectors.builtIn(), true);

  private final Detectors detectors;
  private final boolean runsCases;

  private PolicyLoader(Detectors detectors, boolean runsCases) {
    this.detectors = detectors;
    this.runsCases = runsCases;
  }

  /** A loader that knows the built-in detectors. */
  public static PolicyLoader standard() {
    return STANDARD;
  }

  /** The loader with which policies may name these detectors and their families, and no others. */
  public PolicyLoader detectors(Detectors newDetectors) {
    return new PolicyLoader(newDetectors, runsCases);
  }

  /** The loader that reads a policy's cases without running them, for whoever does so himself. */
  public PolicyLoader withoutCases() {
    return new PolicyLoader(detectors, false);
  }

  /**
   * Reads a file; no more of it than a document may hold.
   *
   * @throws IOException when the file cannot be read, or is no regular file
   * @throws PolicyException when the document is refused
   */
  public LoadedPolicy load(Path file) throws IOException, PolicyException {
    return parse(file.toString(), text(file));
  }

  /**
   * Reads a document given as text.
   *
   * @param source what the document is called in messages, such as the name of its file
   * @throws PolicyException when the document is refused
   */
  public LoadedPolicy parse(String source, String text) throws PolicyException {
    return read(source, tree(source, text));
  }

  private static String text(Path file) throws IOException, PolicyException {
    // Opening a pipe would wait for its writer, and the host with it.
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new FileSystemException(file.toString(), null, "it is not a regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return YamlReader.text(in, PolicyBounds.BYTES);
    } catch (YamlProblem e) {
      throw refused(file.toString(), e);
    }
  }

  private static @Nullable YamlNode tree(String source, String text) throws PolicyException {
    try {
      YamlNode json = json(text);
      return json == null ? YamlReader.read(text, PlainScalars.YAML_1_2, PolicyBounds.BYTES) : json;
    } catch (YamlProblem e) {
      throw refused(source, e);
    }
  }

  /** The tree of a JSON document; null for what may be YAML. */
  private static @Nullable YamlNode json(String text) {
    String content = text.startsWith("\ufeff") ? text.substring(1) : text;
    if (!content.stripLeading().startsWith("{")) {
      return null;
    }
    try {
      return JsonNodes.read(content, StrictJson.Limits.POLICY);
    } catch (JsonProblem e) {
      return null;
    }
  }

  /**
   * Reads further cases of a policy: a document that holds {@code cases} and nothing else, each as
   * in a policy. They are not run.
   *
   * @throws IOException when the file cannot be read, or is no regular file
   * @throws PolicyException when the document is refused
   */
  public List<PolicyCase> cases(Path file, Policy policy) throws IOException, PolicyException {
    Problems problems = new Problems();
    YamlNode root = tree(file.toString(), text(file));
    List<PolicyCase> cases = CaseReading.alone(root, policy, problems);
    if (problems.count() > 0) {
      throw new PolicyException(file.toString(), problems.errors());
    }
    return cases;
  }

  private LoadedPolicy read(String source, @Nullable YamlNode root) throws PolicyException {
    Problems problems = new Problems();
    Policy policy = new PolicyReading(problems, detectors).document(root);
    if (policy != null && root != null && runsCases) {
      runCases(policy, root, problems);
    }
    if (policy == null || problems.count() > 0) {
      throw new PolicyException(source, problems.errors());
    }
    return new LoadedPolicy(policy, problems.warnings());
  }

  private void runCases(Policy policy, YamlNode root, Problems problems) {
    PolicyCheck.failures(policy, detectors)
        .forEach(
            (index, failure) -> {
              KeyPath path = KeyPath.of("cases").item(index);
              Place place = root.valuePlace(path);
              problems.error(place == null ? Place.START : place, path, failure.message());
            });
  }

  private static PolicyException refused(String source, YamlProblem problem) {
    return new PolicyException(
        source,
        List.of(
            new PolicyProblem(
                PolicyProblem.Severity.ERROR, problem.place(), problem.path(), problem.reason())));
  }
}
