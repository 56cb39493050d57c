package io.governor.mcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads {@code NAME=VALUE} lines. Nothing in a value is expanded, substituted or unescaped; one
 * pair of quotes around it is taken off. Blank lines and lines that begin with {@code #} are passed
 * over.
 */
final class EnvironmentFile {

  private static final int MAX_BYTES = 64 * 1024;

  /**
   * What makes a loader, a shell or a run-time run something else than the command that is named.
   */
  private static final Set<String> REFUSED =
      Set.of(
          "_JAVA_OPTIONS",
          "BASH_ENV",
          "BASH_FUNC",
          "BASHOPTS",
          "BROWSER",
          "CDPATH",
          "CLASSPATH",
          "COMSPEC",
          "EDITOR",
          "ENV",
          "GCONV_PATH",
          "GIT_EXEC_PATH",
          "GIT_SSH",
          "GIT_SSH_COMMAND",
          "GLIBC_TUNABLES",
          "GRADLE_OPTS",
          "GTK_MODULES",
          "HOME",
          "IFS",
          "JAVA_HOME",
          "JAVA_OPTS",
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "LIBPATH",
          "LOCPATH",
          "LUA_INIT",
          "MAVEN_OPTS",
          "NLSPATH",
          "NODE_EXTRA_CA_CERTS",
          "NODE_OPTIONS",
          "NODE_PATH",
          "NODE_REPL_EXTERNAL_MODULE",
          "OPENSSL_CONF",
          "OPENSSL_ENGINES",
          "OPENSSL_MODULES",
          "PAGER",
          "PATH",
          "PATHEXT",
          "PERL5DB",
          "PERL5LIB",
          "PERL5OPT",
          "PERLLIB",
          "PHP_INI_SCAN_DIR",
          "PHPRC",
          "PROMPT_COMMAND",
          "PS4",
          "QT_PLUGIN_PATH",
          "RUBYLIB",
          "RUBYOPT",
          "RUSTC_WRAPPER",
          "SHELL",
          "SHELLOPTS",
          "SHLIB_PATH",
          "SSLKEYLOGFILE",
          "USERPROFILE",
          "VISUAL",
          "XDG_CONFIG_HOME",
          "ZDOTDIR");

  private static final List<String> REFUSED_BEGINNINGS =
      List.of(
          "BASH_FUNC_",
          "BUN_",
          "CARGO_",
          "COR_",
          "CORECLR_",
          "DOTNET_",
          "DYLD_",
          "ERL_",
          "GEM_",
          "GIT_CONFIG",
          "LD_",
          "LUA_",
          "LUA_INIT",
          "NPM_CONFIG_",
          "PIP_",
          "PYTHON",
          "R_PROFILE",
          "UV_");

  private EnvironmentFile() {}

  /**
   * The variables of a file; those whose value is a placeholder that nobody filled in stay unset.
   *
   * @param allowed the names it may set
   * @throws IllegalArgumentException for a line that is none, or a name that may not be set; with
   *     file and line, and no value
   */
  static Map<String, String> read(Path file, Set<String> allowed) throws IOException {
    allowed.stream()
        .filter(EnvironmentFile::isRefused)
        .findFirst()
        .ifPresent(EnvironmentFile::refuse);
    Map<String, String> variables = new TreeMap<>();
    int number = 0;
    for (String line : text(file).split("\\R", -1)) {
      number++;
      if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
        take(line, file + ":" + number + ": ", allowed, variables);
      }
    }
    variables.values().removeIf(EnvironmentFile::isPlaceholder);
    return variables;
  }

  private static String text(Path file) throws IOException {
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(file + ": expected at most " + MAX_BYTES + " bytes");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + ": expected UTF-8", e);
    }
  }

  private static void refuse(String name) {
    throw new IllegalArgumentException(
        name + " changes which code runs, and cannot be allowed to a file");
  }

  private static void take(
      String line, String place, Set<String> allowed, Map<String, String> variables) {
    int equals = line.indexOf('=');
    String name = equals < 0 ? "" : line.substring(0, equals).strip();
    if (!isName(name)) {
      throw new IllegalArgumentException(place + "expected NAME=VALUE");
    }
    if (isRefused(name)) {
      throw new IllegalArgumentException(
          place + name + " changes which code runs, and is not taken from a file");
    }
    if (!allowed.contains(name)) {
      throw new IllegalArgumentException(
          place + name + " is not among the variables that the file may set");
    }
    String value = unquoted(line.substring(equals + 1).strip());
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(place + name + ": expected a value without NUL");
    }
    if (variables.putIfAbsent(name, value) != null) {
      throw new IllegalArgumentException(place + name + " is set twice");
    }
  }

  static boolean isName(String name) {
    return !name.isEmpty()
        && !Character.isDigit(name.charAt(0))
        && name.chars().allMatch(c -> c == '_' || (c < 128 && Character.isLetterOrDigit(c)));
  }

  /** In any case, as Windows takes them. */
  static boolean isRefused(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return REFUSED.contains(upper) || REFUSED_BEGINNINGS.stream().anyMatch(upper::startsWith);
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() >= 2
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(0) == value.charAt(value.length() - 1);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  /** {@code ${NAME}} that whoever started us should have filled in. */
  static boolean isPlaceholder(String value) {
    int open = value.indexOf("${");
    return open >= 0 && value.indexOf('}', open) > 0;
  }
}
