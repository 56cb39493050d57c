package io.governor.sync;

import io.governor.RuleId;
import io.governor.sync.ledger.Contact;
import io.governor.sync.ledger.SyncState;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How an installation stands with its server. Immutable; safe to share between threads. Its {@code
 * toString} does not show the contact, and the secret is not in it.
 *
 * @param installationId {@code inst_} and a UUID, or null before there is one
 * @param registered whether there is a secret to send with
 * @param endpoint the server, if it is known
 * @param contactEmail whom the server may write to, if it is known
 * @param contactName their name, if it is known
 * @param from events before it do not count in the first window; null when all do
 * @param accepted how many windows the server has accepted
 * @param last the last of them, or null
 * @param waiting a window that was made and is not known to be accepted, or null; the next run
 *     sends its bytes first
 * @param withheld occurrences that were counted and are withheld until a later window
 * @param losses parts of files that were never counted, because nobody can tell whether they had
 *     been before
 */
public record SyncStatus(
    @Nullable String installationId,
    boolean registered,
    @Nullable String endpoint,
    @Nullable String contactEmail,
    @Nullable String contactName,
    @Nullable Instant from,
    long accepted,
    @Nullable SentBody last,
    @Nullable SentBody waiting,
    SortedMap<RuleId, Long> withheld,
    List<DeclaredLoss> losses) {

  public SyncStatus {
    withheld = Collections.unmodifiableSortedMap(new TreeMap<>(withheld));
    losses = List.copyOf(losses);
  }

  static SyncStatus of(@Nullable SyncState state, List<SentWindow> history) {
    Contact contact = state == null ? null : state.contact();
    SentWindow last = null;
    SentWindow waiting = null;
    long accepted = 0;
    List<SentWindow> own =
        state == null
            ? List.of()
            : history.stream()
                .filter(window -> window.sent().isOf(state.installationId()))
                .toList();
    for (SentWindow window : own) {
      if (window.sent().accepted() == null) {
        waiting = window;
      } else {
        accepted++;
        last = window;
      }
    }
    return new SyncStatus(
        state == null ? null : state.installationId(),
        state != null && state.hasSecret(),
        state == null ? null : state.endpoint(),
        contact == null ? null : contact.email(),
        contact == null ? null : contact.name(),
        state == null ? null : state.from(),
        accepted,
        last == null ? null : last.sent(),
        waiting == null ? null : waiting.sent(),
        last == null ? new TreeMap<>() : last.withheld(),
        own.stream().flatMap(window -> window.losses().stream()).toList());
  }

  @Override
  public String toString() {
    return "SyncStatus[" + installationId + (registered ? ", registered" : "") + "]";
  }
}
