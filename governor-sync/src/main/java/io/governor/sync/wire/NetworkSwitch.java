package io.governor.sync.wire;

import io.governor.sync.SyncException;
import io.governor.sync.SyncException.Delivery;
import io.governor.sync.SyncException.Kind;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * {@code GOVERNOR_NO_NETWORK}: with any value but {@code 0} and nothing, no connection is made and
 * no name resolved. Read anew before every exchange. Immutable; safe to share between threads.
 */
final class NetworkSwitch {

  static final String VARIABLE = "GOVERNOR_NO_NETWORK";
  static final NetworkSwitch OF_THIS_PROCESS = new NetworkSwitch(System::getenv);

  private final UnaryOperator<@Nullable String> environment;

  NetworkSwitch(UnaryOperator<@Nullable String> environment) {
    this.environment = environment;
  }

  void requireOn() throws SyncException {
    String value = environment.apply(VARIABLE);
    if (value != null && !value.isBlank() && !value.strip().equals("0")) {
      throw SyncException.exchange(
          Kind.NETWORK,
          Delivery.NOT_SENT,
          0,
          "nothing was sent, and no name was resolved: the variable "
              + VARIABLE
              + " is set, which forbids every connection; to send, remove it or set it to 0");
    }
  }
}
