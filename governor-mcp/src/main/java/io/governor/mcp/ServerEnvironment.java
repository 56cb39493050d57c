package io.governor.mcp;

import java.util.Collection;
import java.util.List;
import java.util.Map;
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
   * The variables that a server gets.
   *
   * @param own the environment of this process
   * @param named further variables that are handed on; those that are not set stay unset
   */
  public static Map<String, String> of(Map<String, String> own, Collection<String> named) {
    Map<String, String> environment = new TreeMap<>();
    for (Collection<String> names : List.of(MINIMAL, named)) {
      for (String name : names) {
        String value = own.get(name);
        if (value != null) {
          environment.put(name, value);
        }
      }
    }
    return environment;
  }
}
