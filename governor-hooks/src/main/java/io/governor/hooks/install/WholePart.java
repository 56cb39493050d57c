package io.governor.hooks.install;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that is ours as a whole; {@value #MARK} in it says so, and one without it is left alone.
 *
 * @param file the file as the agent names it
 * @param content what it holds
 * @param mode its mode
 */
record WholePart(Path file, String content, String mode) implements Part {

  /** Stands in every file of ours. */
  static final String MARK = "Written by governor init";

  WholePart {
    if (!content.contains(MARK)) {
      throw new IllegalArgumentException("a file of ours without the mark");
    }
  }

  @Override
  public FileChange change(boolean remove, @Nullable Kept kept)
      throws IOException, InstallException {
    Path target = AgentFiles.target(file);
    byte[] before = AgentFiles.bytes(target);
    if (before != null && !isOurs(before)) {
      if (remove) {
        return new FileChange(file, target, before, before, mode);
      }
      throw new InstallException(
          file
              + ": it is somebody else's, and the agent takes one file of this name: call ours from"
              + " it, or move it away");
    }
    byte[] after = remove ? null : content.getBytes(StandardCharsets.UTF_8);
    return new FileChange(file, target, before, after, mode);
  }

  @Override
  public boolean isInstalled() {
    try {
      byte[] bytes = AgentFiles.bytes(AgentFiles.target(file));
      return bytes != null && isOurs(bytes);
    } catch (IOException | InstallException e) {
      return false;
    }
  }

  /** A script is run as it is; a plugin says which command it runs. */
  @Override
  public Map<String, String> commands() throws IOException, InstallException {
    byte[] bytes = AgentFiles.bytes(AgentFiles.target(file));
    if (bytes == null || !isOurs(bytes)) {
      return Map.of();
    }
    String name = Objects.requireNonNull(file.getFileName()).toString();
    if (mode.contains("x")) {
      return Map.of(name, HookCommandLine.quoted(file, Path.of("/")));
    }
    String command = OpenCodePlugin.command(new String(bytes, StandardCharsets.UTF_8));
    return command == null ? Map.of() : Map.of("tool.execute.before", command);
  }

  private static boolean isOurs(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).contains(MARK);
  }

  @Override
  public String toString() {
    return "WholePart[" + file + "]";
  }
}
