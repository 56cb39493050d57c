package io.governor.config;

import io.governor.file.Ownership;
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
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@value #NAME} under the state root: YAML 1.2 of at most 64 KiB, read as policies are. What it
 * says decides what is enforced, so a file that others can write, or a link, is refused. Immutable;
 * safe to share between threads.
 */
public final class ConfigFile {

  /** The file's name. */
  public static final String NAME = "config.yaml";

  /** The sections there are, each owned by a module. */
  public static final List<String> SECTIONS = List.of("traces", "sync", "hooks");

  private static final int MAX_BYTES = 64 << 10;

  private final String source;
  private final YamlNode.@Nullable Mapping root;

  private ConfigFile(String source, YamlNode.@Nullable Mapping root) {
    this.source = source;
    this.root = root;
  }

  /**
   * The configuration of a state root; where there is no file, defaults hold.
   *
   * @throws IOException if the file is there and cannot be read, is no regular file, or others can
   *     write it
   * @throws ConfigException if it is no YAML, or has a section that nobody knows
   */
  public static ConfigFile read(Path stateRoot) throws IOException, ConfigException {
    Path file = stateRoot.resolve(NAME);
    if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
      return new ConfigFile(file.toString(), null);
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(file.toString(), null, "expected a file, and no link to one");
    }
    Ownership.refuseIfOthersCanWrite(file);
    return parse(file.toString(), text(file));
  }

  private static String text(Path file) throws IOException, ConfigException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return YamlReader.text(in, MAX_BYTES);
    } catch (YamlProblem e) {
      throw refused(file.toString(), e);
    }
  }

  /**
   * A configuration given as text.
   *
   * @param source what it is called in messages
   */
  public static ConfigFile parse(String source, String text) throws ConfigException {
    try {
      return checked(source, YamlReader.read(text, PlainScalars.YAML_1_2, MAX_BYTES));
    } catch (YamlProblem e) {
      throw refused(source, e);
    }
  }

  private static ConfigFile checked(String source, @Nullable YamlNode root) throws ConfigException {
    if (root == null) {
      return new ConfigFile(source, null);
    }
    List<ConfigProblem> problems = new ArrayList<>();
    if (!(root instanceof YamlNode.Mapping mapping)) {
      String message = "expected a mapping with " + String.join(", ", SECTIONS);
      problems.add(new ConfigProblem(root.place(), KeyPath.ROOT, message));
      throw new ConfigException(source, problems);
    }
    for (Map.Entry<String, YamlNode.Entry> entry : mapping.entries().entrySet()) {
      String key = entry.getKey();
      if (!SECTIONS.contains(key)) {
        problems.add(SectionReading.unknown(key, entry.getValue(), KeyPath.ROOT, SECTIONS));
      }
    }
    refuseIfAny(source, problems);
    return new ConfigFile(source, mapping);
  }

  /**
   * What holds in a section.
   *
   * @throws ConfigException if the section holds anything that its owner does not accept
   */
  public ConfigValues section(ConfigSection section) throws ConfigException {
    YamlNode.Entry entry = root == null ? null : root.entries().get(section.name());
    if (entry == null) {
      return new ConfigValues(Map.of());
    }
    List<ConfigProblem> problems = new ArrayList<>();
    ConfigValues values = new SectionReading(section, problems).read(entry.value());
    refuseIfAny(source, problems);
    return values;
  }

  /**
   * For the owner of a section: what to throw when a value does not go together with another.
   *
   * @param setting the value that would have to change; one that the file has
   * @param message what is wrong and what would be accepted, in one sentence; never a value
   */
  public ConfigException refusal(
      ConfigSection section, ConfigValues values, ConfigSetting<?> setting, String message) {
    KeyPath path = KeyPath.of(section.name());
    for (String key : setting.keys()) {
      path = path.name(key);
    }
    Place place = Objects.requireNonNull(values.place(setting), "the file does not have it");
    return new ConfigException(source, List.of(new ConfigProblem(place, path, message)));
  }

  /** What the file is called in messages: its path. */
  public String source() {
    return source;
  }

  private static void refuseIfAny(String source, List<ConfigProblem> problems)
      throws ConfigException {
    if (!problems.isEmpty()) {
      throw new ConfigException(source, problems);
    }
  }

  private static ConfigException refused(String source, YamlProblem problem) {
    Place place = problem.place();
    return new ConfigException(
        source, List.of(new ConfigProblem(place, problem.path(), problem.reason())));
  }

  @Override
  public String toString() {
    return "ConfigFile[" + source + "]";
  }
}
