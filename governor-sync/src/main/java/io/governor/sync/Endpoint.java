package io.governor.sync;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of the server that counts go to: {@code https://HOST[:PORT][/PATH]}. Two ways to
 * write the same address give equal endpoints. Reading one resolves no name. Immutable; safe to
 * share between threads.
 */
public final class Endpoint {

  private static final int LONGEST = 2_000;
  private static final int LAST_PORT = 65_535;
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;
  private static final Pattern PATH = Pattern.compile("(/[0-9A-Za-z._~-]+)*");
  private static final Pattern NAME =
      Pattern.compile("(?=.{1,253}$)([0-9a-z]([0-9a-z-]{0,61}[0-9a-z])?\\.)*[0-9a-z-]{1,63}");
  private static final Pattern V6 = Pattern.compile("\\[[0-9a-f:.]{2,45}\\]");
  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "[::1]");
  private static final String EXPECTED =
      "; expected an address such as https://collector.example.org";

  private final boolean https;
  private final String host;
  private final int port;
  private final String path;

  private Endpoint(boolean https, String host, int port, String path) {
    this.https = https;
    this.host = host;
    this.port = port;
    this.path = path;
  }

  /**
   * Reads an address of a server that is reached by HTTPS. It has no user, query or fragment; its
   * path, if any, is of letters, digits, dots, underscores, tildes and minus signs between slashes,
   * and has no step up.
   *
   * @throws SyncException of kind {@code INPUT} for anything else; it says what would be accepted
   */
  public static Endpoint parse(String text) throws SyncException {
    return parse(text, false);
  }

  /**
   * The same, and with the flag also {@code http://127.0.0.1[:PORT]} and {@code http://[::1]},
   * which never leave the machine. Not {@code localhost}, for a name can lead anywhere.
   */
  public static Endpoint parse(String text, boolean allowLoopbackHttp) throws SyncException {
    URI uri = uri(text);
    boolean https = isHttps(uri);
    String host = host(uri);
    if (!https && !(allowLoopbackHttp && THIS_MACHINE.contains(host))) {
      throw refused(
          allowLoopbackHttp
              ? "plain http is for 127.0.0.1 and [::1] only"
              : "plain http would show the secret to everyone on the way");
    }
    return new Endpoint(https, host, port(uri, https), path(uri));
  }

  private static URI uri(String text) throws SyncException {
    if (text.length() > LONGEST) {
      throw refused("it is longer than " + LONGEST + " characters");
    }
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      // Without the cause, which repeats the text and with it what may be a password.
      throw refused("it is no address of the form https://HOST:PORT/PATH");
    }
  }

  private static boolean isHttps(URI uri) throws SyncException {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw refused("it does not begin with https://");
    }
    return scheme.equals("https");
  }

  private static String host(URI uri) throws SyncException {
    String authority = uri.getRawAuthority();
    refuseIf(authority != null && authority.contains("@"), "a user or secret");
    refuseIf(uri.getRawQuery() != null, "a query (?…)");
    refuseIf(uri.getRawFragment() != null, "a fragment (#…)");
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    if (!NAME.matcher(host).matches() && !V6.matcher(host).matches()) {
      throw refused("its host is none; a name with other than ASCII letters is written as xn--…");
    }
    return host;
  }

  private static int port(URI uri, boolean https) throws SyncException {
    int port = uri.getPort();
    if (port == -1) {
      refuseIf(uri.getRawAuthority().endsWith(":"), "a colon without a port");
      return https ? HTTPS_PORT : HTTP_PORT;
    }
    if (port < 1 || port > LAST_PORT) {
      throw refused("its port is none of 1 to " + LAST_PORT);
    }
    return port;
  }

  private static String path(URI uri) throws SyncException {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    boolean steps = (trimmed + "/").contains("/../") || (trimmed + "/").contains("/./");
    if (steps || !PATH.matcher(trimmed).matches()) {
      throw refused(
          "its path has other than letters, digits, dots, underscores, tildes and minus signs"
              + " between single slashes");
    }
    return trimmed;
  }

  private static void refuseIf(boolean wrong, String part) throws SyncException {
    if (wrong) {
      throw refused("it has " + part);
    }
  }

  private static SyncException refused(String what) {
    return SyncException.input("the endpoint cannot be used: " + what + EXPECTED);
  }

  /** Whether it is reached by HTTPS; if not, it is this machine. */
  public boolean isHttps() {
    return https;
  }

  /** The name or address of the host, in lower case; an IPv6 address in brackets. */
  public String host() {
    return host;
  }

  /** The port, 1 to 65,535. */
  public int port() {
    return port;
  }

  /**
   * Where a request goes.
   *
   * @param pathAndQuery what follows the endpoint, such as {@code /sync}
   */
  public URI resolve(String pathAndQuery) {
    return URI.create(this + pathAndQuery);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Endpoint endpoint && endpoint.toString().equals(toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /** The address, without a slash at its end and without the port that goes without saying. */
  @Override
  public String toString() {
    String scheme = https ? "https://" : "http://";
    boolean usual = port == (https ? HTTPS_PORT : HTTP_PORT);
    return scheme + host + (usual ? "" : ":" + port) + path;
  }
}
