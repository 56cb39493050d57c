package io.governor.standard;

import io.governor.standard.ProfileProblem.Severity;
import io.governor.yaml.KeyPath;
import io.governor.yaml.Place;
import io.governor.yaml.PlainScalars;
import io.governor.yaml.YamlNode;
import io.governor.yaml.YamlProblem;
import io.governor.yaml.YamlReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the YAML of profile and resolution files; what goes wrong becomes one error. */
final class ConfigurationFile {

  private ConfigurationFile() {}

  /**
   * What a file holds.
   *
   * @param root null when there is nothing but comments
   */
  record Content(@Nullable YamlNode root, ContentHashComment header) {}

  /** The content, or null when there is none; then the problems have grown by one. */
  static @Nullable Content read(Path file, List<ProfileProblem> problems) {
    try {
      byte[] bytes = bytes(file);
      YamlNode root = YamlReader.read(new ByteArrayInputStream(bytes), PlainScalars.YAML_1_1);
      return new Content(root, ContentHashComment.in(bytes));
    } catch (YamlProblem e) {
      problems.add(
          ProfileProblem.at(e.place(), Severity.ERROR, file.toString(), e.path(), e.reason()));
    } catch (IOException | SecurityException e) {
      problems.add(
          ProfileProblem.at(
              Place.START, Severity.ERROR, file.toString(), KeyPath.ROOT, reason(file, e)));
    }
    return null;
  }

  private static byte[] bytes(Path file) throws IOException {
    // Opening a pipe would wait for its writer, and the host with it.
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new FileSystemException(file.toString());
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(YamlReader.MAX_BYTES + 1);
    }
  }

  private static String reason(Path file, Exception e) {
    if (e instanceof NoSuchFileException) {
      return "the file does not exist";
    }
    if (e instanceof AccessDeniedException || e instanceof SecurityException) {
      return "the file cannot be read: permission denied";
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      return Files.isDirectory(file) ? "this is a directory, not a file" : "this is not a file";
    }
    return "the file cannot be read";
  }
}
