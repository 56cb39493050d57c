package io.governor.cli;

/** {@code GOVERNOR_NO_NETWORK=1}, which keeps every sender from sending. Stateless. */
final class NoNetwork {

  static final String VARIABLE = "GOVERNOR_NO_NETWORK";

  private NoNetwork() {}

  static boolean isAskedFor(Invocation invocation) {
    return "1".equals(invocation.env().get(VARIABLE));
  }
}
