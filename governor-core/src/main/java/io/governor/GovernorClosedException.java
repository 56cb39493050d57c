package io.governor;

import java.util.concurrent.CancellationException;

/**
 * How a question ends that is open when its governor is closed: the call is refused, and the stage
 * an {@link Approver} gave is cancelled by this. An approver whose questions outlive the process
 * may keep such a one for when the call is asked about again.
 */
public final class GovernorClosedException extends CancellationException {

  private static final long serialVersionUID = 1;

  GovernorClosedException() {
    super("the governor was closed");
  }
}
