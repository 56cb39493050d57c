package io.governor.policy;

import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;
import io.governor.yaml.JsonNodes;
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
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads policy documents, YAML 1.2 or JSON, of at most 4 MiB and 10,000 rules. Everything that is
 * wrong is told at once, each with its line, column and path; a document with an error gives no
 * policy. Patterns, globs, pointers, zones and detectors are tried while they are read, so what was
 * read can be used. Immutable; safe to share between threads.
 */
public final class PolicyLoader {

  private static final PolicyLoader STANDARD = new PolicyLoader(KnownNames.FAMILIES);

  private final Set<String> detectors;

  private PolicyLoader(Set<String> detectors) {
    this.detectors = detectors;
  }

  /** A loader that knows the families of detectors. */
  public static PolicyLoader standard() {
    return STANDARD;
  }

  /**
   * The loader with which policies may name these detectors, and the families besides.
   *
   * @param namesAndFamilies what a rule may write under {@code detect}
   */
  public PolicyLoader detectors(Set<String> namesAndFamilies) {
    Set<String> known = new TreeSet<>(KnownNames.FAMILIES);
    known.addAll(namesAndFamilies);
    return new PolicyLoader(known);
  }

  /**
   * Reads a file; no more of it than a document may hold.
   *
   * @throws IOException when the file cannot be read, or is no regular file
   * @throws PolicyException when the document is refused
   */
  public LoadedPolicy load(Path file) throws IOException, PolicyException {
    // Opening a pipe would wait for its writer, and the host with it.
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new FileSystemException(file.toString(), null, "it is not a regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return parse(file.toString(), YamlReader.text(in, PolicyBounds.BYTES));
    } catch (YamlProblem e) {
      throw refused(file.toString(), e);
    }
  }

  /**
   * Reads a document given as text.
   *
   * @param source what the document is called in messages, such as the name of its file
   * @throws PolicyException when the document is refused
   */
  public LoadedPolicy parse(String source, String text) throws PolicyException {
    try {
      YamlNode json = json(text);
      return read(
          source,
          json == null ? YamlReader.read(text, PlainScalars.YAML_1_2, PolicyBounds.BYTES) : json);
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

  private LoadedPolicy read(String source, @Nullable YamlNode root) throws PolicyException {
    Problems problems = new Problems();
    Policy policy = new PolicyReading(problems, detectors).document(root);
    if (policy == null || problems.count() > 0) {
      throw new PolicyException(source, problems.errors());
    }
    return new LoadedPolicy(policy, problems.warnings());
  }

  private static PolicyException refused(String source, YamlProblem problem) {
    return new PolicyException(
        source,
        List.of(
            new PolicyProblem(
                PolicyProblem.Severity.ERROR, problem.place(), problem.path(), problem.reason())));
  }
}
