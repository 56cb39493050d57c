package io.governor.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hosts as a policy names them. Immutable. */
final class HostList {

  private final Set<String> exact = new HashSet<>();
  private final Set<String> parents = new HashSet<>();

  HostList(List<String> hosts) {
    for (String host : hosts) {
      String name = host.toLowerCase(Locale.ROOT);
      if (name.startsWith("*.")) {
        parents.add(name.substring(2));
      } else {
        exact.add(name.indexOf(':') < 0 || name.startsWith("[") ? name : "[" + name + "]");
      }
    }
  }

  /**
   * Whether the text is a URL whose host is one of these.
   *
   * @param inDoubt what is said of a URL whose host readers disagree about
   */
  boolean contains(String url, boolean inDoubt) {
    String host = UrlHost.of(url);
    if (host == null) {
      return inDoubt && UrlHost.isUrl(url);
    }
    return exact.contains(host) || isBelow(host);
  }

  private boolean isBelow(@Nullable String host) {
    if (host == null || parents.isEmpty()) {
      return false;
    }
    for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      if (parents.contains(host.substring(dot + 1))) {
        return true;
      }
    }
    return false;
  }
}
