package io.governor.shell;

/** Tells names of other machines from paths, as git, scp and rsync do. */
final class Remote {
  private Remote() {}

  /** A URL, or a host and a colon before any slash: {@code user@host:path}. */
  static boolean isRemote(String name) {
    return isUrl(name) || isHostAndPath(name);
  }

  static boolean isUrl(String name) {
    return name.indexOf("://") > 0;
  }

  private static boolean isHostAndPath(String name) {
    int colon = name.indexOf(':');
    int slash = name.indexOf('/');
    return colon > 0 && (slash < 0 || colon < slash);
  }
}
