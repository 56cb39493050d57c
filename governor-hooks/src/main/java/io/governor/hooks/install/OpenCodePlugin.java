package io.governor.hooks.install;

import io.governor.json.JsonProblem;
import io.governor.json.JsonWriter;
import io.governor.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The plugin for OpenCode, whose language docs/hooks.md lays down. Stateless. */
final class OpenCodePlugin {

  private static final String RESOURCE = "opencode-plugin.js";

  private static final String HOOK = "const hook = ";

  private OpenCodePlugin() {}

  static String text(Machine machine, InstallOptions options) {
    boolean enforce = options.enforce();
    String command =
        HookCommandLine.of(
            machine.script(), machine.homeToSay(options), machine.stateRoot(), enforce, "opencode");
    JsonWriter literal = new JsonWriter(command.length() + 16);
    literal.value(command);
    return template()
        .replace(
            "@HOOK@", new String(literal.buffer(), 0, literal.length(), StandardCharsets.US_ASCII))
        .replace("@ENFORCE@", String.valueOf(enforce));
  }

  /** The command that a plugin of ours runs, or null if it says none. */
  static @Nullable String command(String plugin) {
    for (String line : plugin.lines().toList()) {
      if (line.startsWith(HOOK) && line.endsWith(";")) {
        String literal = line.substring(HOOK.length(), line.length() - 1);
        try {
          return StrictJson.parse(literal, StrictJson.Limits.POLICY) instanceof String command
              ? command
              : null;
        } catch (JsonProblem e) {
          return null;
        }
      }
    }
    return null;
  }

  private static String template() {
    try (InputStream in = OpenCodePlugin.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
