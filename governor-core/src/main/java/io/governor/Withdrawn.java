package io.governor;

import io.governor.event.GovernorMember.Withdrawal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tools that are withdrawn from a session, by name or glob, with the rules that withdrew them.
 * Immutable; safe to share between threads.
 */
final class Withdrawn {

  static final Withdrawn NONE = new Withdrawn(List.of());

  /**
   * So many that only a session under many policies one after the other can come to them; then
   * every tool is withdrawn.
   */
  static final int MOST = 1024;

  private final List<Withdrawal> all;
  private final FoldedGlobs tools;

  private Withdrawn(List<Withdrawal> all) {
    this.all = List.copyOf(all);
    this.tools = new FoldedGlobs(all.stream().map(Withdrawal::tool).toList());
  }

  /** Those of a record that are not among these; what somebody else wrote there is left out. */
  List<Withdrawal> missing(List<Withdrawal> recorded) {
    return recorded.equals(all)
        ? List.of()
        : recorded.stream().filter(each -> !holds(each) && isGlob(each)).toList();
  }

  private static boolean isGlob(Withdrawal recorded) {
    try {
      FoldedGlobs.globs(List.of(recorded.tool()));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  List<Withdrawal> all() {
    return all;
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  boolean holds(Withdrawal withdrawal) {
    return all.stream().anyMatch(known -> known.tool().equals(withdrawal.tool()));
  }

  Withdrawn and(List<Withdrawal> more) {
    if (more.isEmpty()) {
      return this;
    }
    List<Withdrawal> together = new ArrayList<>(all);
    together.addAll(more);
    if (together.size() > MOST) {
      together.subList(MOST - 1, together.size()).clear();
      together.add(new Withdrawal("*", more.get(0).rule()));
    }
    return new Withdrawn(together);
  }

  boolean matches(String tool) {
    return !all.isEmpty() && tools.matches(tool);
  }

  /** The rule that withdrew the tool, or null when it is offered. */
  @Nullable String rule(String tool) {
    int first = all.isEmpty() ? -1 : tools.first(tool);
    return first < 0 ? null : all.get(first).rule();
  }
}
