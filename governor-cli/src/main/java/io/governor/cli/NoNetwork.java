package io.governor.cli;

/** {@code GOVERNOR_NO_NETWORK}, which keeps every sender from sending. Stateless. */
final class NoNetwork {

  static final String VARIABLE = "GOVERNOR_NO_NETWORK";

  private NoNetwork() {}

  /** As the senders themselves read it: anything but nothing and 0. */
  static boolean isAskedFor(Invocation invocation) {
    String value = invocation.env().getOrDefault(VARIABLE, "").strip();
    return !value.isEmpty() && !value.equals("0");
  }

  static String inWords(Invocation invocation) {
    return isAskedFor(invocation)
        ? "off: " + VARIABLE + " is set, nothing is ever sent"
        : "used when a sync is run";
  }

  /**
   * Says so before anything is counted or written for a send that cannot be.
   *
   * @throws CommandFailure if nothing may be sent
   */
  static void refuse(Invocation invocation) {
    if (isAskedFor(invocation)) {
      throw CommandFailure.network(
          VARIABLE
              + " is set, which forbids every connection: nothing was sent, and nothing is lost;"
              + " remove it, or set it to 0, to send");
    }
  }
}
