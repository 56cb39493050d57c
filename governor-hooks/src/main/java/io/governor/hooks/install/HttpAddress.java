package io.governor.hooks.install;

/**
 * Where the daemon listens on loopback. Immutable; says nothing of its token.
 *
 * @param port the port
 * @param token what it asks callers for
 */
public record HttpAddress(int port, String token) {

  @Override
  public String toString() {
    return "HttpAddress[" + port + "]";
  }
}
