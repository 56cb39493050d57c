package io.governor.hooks.install;

import org.jspecify.annotations.Nullable;

/** The address that an HTTP hook asks: ours is the daemon on loopback. Stateless. */
final class HttpHook {

  private static final String BEGINNING = "http://127.0.0.1:";

  /** What a hook sends with a call that should be refused where there is no policy. */
  static final String ENFORCE = "Governor-Enforce";

  private static final String PATH = "/v1/hook/";

  private HttpHook() {}

  static String url(int port, String agent) {
    return BEGINNING + port + PATH + agent;
  }

  static boolean isOurs(@Nullable String url, String agent) {
    return url != null && url.startsWith(BEGINNING) && url.endsWith(PATH + agent);
  }
}
