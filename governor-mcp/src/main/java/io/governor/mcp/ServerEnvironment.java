package io.governor.mcp;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The environment a server is started with: built from what any program needs and what was named,
 * never inherited as a whole, for environments hold the secrets of everything else.
 */
public final class ServerEnvironment {

  /** What any program needs: where it is, who runs it, and how it writes. */
  private static final List<String> MINIMAL =
      List.of("HOME", "LANG", "LC_ALL", "LOGNAME", "PATH", "SHELL", "TERM", "TMPDIR", "TZ", "USER");

  private ServerEnvironment() {}

  /**
   * Whether a variable can have that name: letters of ASCII, digits and underscores, no digit
   * first.
   */
  public static boolean isName(String text) {
    return EnvironmentFile.isName(text);
  }

  /**
   * The variables that a server gets. Any variable may be named: what this process itself runs with
   * is no news to the server. One whose value is a placeholder that nobody filled in, such as
   * <code>${TOKEN}</code>, stays unset.
   *
   * @param own the environment of this process
   * @param named further variables that are handed on; those that are not set stay unset
   */
  public static Map<String, String> of(Map<String, String> own, Collection<String> named) {
    Map<String, String> environment = new TreeMap<>();
    for (Collection<String> names : List.of(MINIMAL, named)) {
      for (String name : names) {
        String value = own.get(name);
        if (value != null && !EnvironmentFile.isPlaceholder(value)) {
          environment.put(name, value);
        }
      }
    }
    return environment;
  }

  /**
   * The variables in a file of {@code NAME=VALUE} lines, at most 64 KiB of UTF-8. Nothing in a
   * value is expanded or substituted; one pair of quotes around it is taken off; placeholders that
   * nobody filled in stay unset. Files like that lie where agents can write, so such a file sets
   * the variables that were allowed to it and no other; and what makes a loader, a shell or a
   * run-time run other code ({@code PATH}, {@code LD_*}, {@code NODE_OPTIONS}, {@code PYTHON*} and
   * their kind) cannot be allowed.
   *
   * @param allowed the names that the file may set; upper and lower case differ
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException for any other line, a name that stands twice, one that is not
   *     allowed, or one that cannot be; it names the file and the line, and no value
   */
  public static Map<String, String> file(Path file, Collection<String> allowed) throws IOException {
    return EnvironmentFile.read(file, Set.copyOf(allowed));
  }
}
