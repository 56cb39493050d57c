package io.governor.sync.wire;

import io.governor.sync.SyncException.Delivery;
import io.governor.sync.SyncException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What follows from the status of an answer (RFC 9110, section 15). For a send, {@code
 * docs/sync.md} has the same as a table. Immutable; safe to share between threads.
 *
 * @param delivery what the status says about the request; null when it was accepted
 * @param kind what kind of trouble it is
 * @param repeated whether a further attempt may go better
 * @param reason what is wrong
 * @param advice what to do about it; empty where waiting is all
 */
record StatusRule(
    @Nullable Delivery delivery, Kind kind, boolean repeated, String reason, String advice) {

  private static final StatusRule ACCEPTED = new StatusRule(null, Kind.NETWORK, false, "", "");
  private static final String ASK = "ask whoever runs the server";

  static StatusRule of(Operation operation, int status) {
    if (isAccepted(operation, status)) {
      return ACCEPTED;
    }
    return switch (status / 100) {
      case 3 ->
          refused(
              "the server redirects elsewhere, and redirects are never followed",
              "if the server has moved, register with its new address");
      case 4 -> ofRefusal(operation, status);
      case 5 -> ofTrouble(status);
      default -> unknown(false, "the server gave an answer that does not belong here");
    };
  }

  private static boolean isAccepted(Operation operation, int status) {
    return switch (operation) {
      case SYNC -> status == 200 || status == 201 || status == 202 || status == 204;
      case REGISTER -> status == 200 || status == 201;
      case UPDATE_CHECK -> status == 200;
    };
  }

  private static StatusRule ofRefusal(Operation operation, int status) {
    return switch (status) {
      case 400, 422 ->
          refused("the server finds the request malformed", "update governor, or " + ASK);
      case 401 -> notKnown(operation);
      case 403 -> notAllowed("the server does not let this installation do that", ASK);
      case 404 -> refused("nothing is at this address", "check the endpoint");
      case 407 ->
          new StatusRule(
              Delivery.NOT_SENT,
              Kind.NETWORK,
              false,
              "the proxy wants a password, and proxies with passwords are not supported",
              "use another proxy");
      case 408 -> unknown(true, "the request took the server too long");
      case 409 -> conflict(operation);
      case 410 ->
          refused("this address is closed for good", "register with another server, or " + ASK);
      case 413 -> refused("the request is too large for the server", ASK);
      case 425 -> again("the server is not ready for the request");
      case 429 -> again("the server gets too many requests");
      default -> refused("the server refuses the request", ASK);
    };
  }

  private static StatusRule notKnown(Operation operation) {
    return operation == Operation.SYNC
        ? notAllowed(
            "the server does not know this installation with this secret",
            "register again: governor sync register --force")
        : notAllowed("the server does not let strangers do that", ASK);
  }

  private static StatusRule conflict(Operation operation) {
    return operation == Operation.REGISTER
        ? notAllowed("the server knows this installation already, and tells its secret once", ASK)
        : refused(
            "the server has other counts for the same window",
            "compare with governor sync history, or " + ASK);
  }

  private static StatusRule ofTrouble(int status) {
    boolean passing = status == 500 || status == 502 || status == 503 || status == 504;
    return unknown(passing, "the server is in trouble");
  }

  private static StatusRule refused(String reason, String advice) {
    return new StatusRule(Delivery.REFUSED, Kind.NETWORK, false, reason, advice);
  }

  private static StatusRule again(String reason) {
    return new StatusRule(Delivery.REFUSED, Kind.NETWORK, true, reason, "");
  }

  private static StatusRule notAllowed(String reason, String advice) {
    return new StatusRule(Delivery.REFUSED, Kind.AUTHORIZATION, false, reason, advice);
  }

  private static StatusRule unknown(boolean repeated, String reason) {
    return new StatusRule(Delivery.UNKNOWN, Kind.NETWORK, repeated, reason, "");
  }
}
