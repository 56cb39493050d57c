package io.governor.detect;

import java.util.List;

/**
 * Recognises the password in the user part of an address, {@code scheme://user:password@host} (RFC
 * 3986, section 3.2.1), as in connection strings of databases and queues.
 */
final class ConnectionStrings implements Recognizer {

  private static final int MAX_USER_PART = 256;
  private static final int LEAST_PASSWORD = 3;

  @Override
  public String name() {
    return "connection_string";
  }

  @Override
  public DetectorFamily family() {
    return DetectorFamily.SECRET;
  }

  @Override
  public List<String> literals() {
    return List.of("://");
  }

  @Override
  public void look(String text, int from, int to, Spans found) {
    if (!Characters.isAlphanumeric(Characters.at(text, from - 1))) {
      return;
    }
    int at = userPartEnd(text, to);
    int colon = at < 0 ? -1 : text.substring(to, at).indexOf(':');
    if (colon < 0 || at == text.length() - 1) {
      return;
    }
    int start = to + colon + 1;
    String password = text.substring(start, at);
    if (isPassword(password, text.substring(to, to + colon))) {
      found.add(start, at);
    }
  }

  /** The last {@code @} before the host: passwords may hold one that should have been escaped. */
  private static int userPartEnd(String text, int from) {
    int stop = Math.min(text.length(), from + MAX_USER_PART);
    int last = -1;
    for (int i = from; i < stop; i++) {
      char c = text.charAt(i);
      if (c == '@') {
        last = i;
      } else if (c <= ' ' || "/?#\"'`<>\\".indexOf(c) >= 0) {
        return last;
      }
    }
    return last;
  }

  private static boolean isPassword(String password, String user) {
    return password.length() >= LEAST_PASSWORD
        && !Placeholders.is(password)
        && !password.equals(user)
        && !password.equalsIgnoreCase("pass")
        && !password.equalsIgnoreCase("pwd");
  }
}
