package io.governor.mcp;

/** The name that rules know a server by, as clients' configuration files name it. */
final class ServerName {

  private static final int MAX = 64;

  private ServerName() {}

  static String check(String name) {
    boolean plain =
        !name.isEmpty()
            && name.length() <= MAX
            && !name.contains("__")
            && name.chars().allMatch(ServerName::isPlain);
    if (!plain) {
      throw new IllegalArgumentException(
          "server name: expected 1 to " + MAX + " letters, digits, - and single _");
    }
    return name;
  }

  private static boolean isPlain(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }
}
