package io.governor.cli;

import io.governor.sync.DryRun;
import io.governor.sync.SentBody;
import io.governor.sync.TimeWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is to be said beside the body that a dry run shows. Stateless. */
final class DryRunRemarks {

  private DryRunRemarks() {}

  static List<String> of(DryRun result) {
    List<String> remarks = new ArrayList<>();
    SentBody first = result.first();
    if (first != null) {
      remarks.add(waiting(first, result.payload() == null));
    }
    if (result.postponed() != null) {
      remarks.add("a run would send nothing new " + SyncRunCommand.inWords(result.postponed()));
    }
    if (!result.overlapping().isEmpty()) {
      remarks.add(
          "a run would refuse this window, because of it was sent: "
              + result.overlapping().stream()
                  .map(TimeWindow::toString)
                  .collect(Collectors.joining(", ")));
    }
    if (result.noiseToCome()) {
      remarks.add(
          "these counts are exact: the noise is drawn from a secret that the registration makes");
    }
    Losses.inWords(result.losses()).forEach(loss -> remarks.add("a run would not count: " + loss));
    return remarks;
  }

  private static String waiting(SentBody first, boolean alone) {
    return alone
        ? "a run would send this window again, which waits"
        : "a run would first send the window "
            + first.window()
            + " again, which waits: sync history shows it";
  }
}
