package io.governor.sync.count;

/**
 * Takes the events of a piece as they are read: notes their times, and keeps those that count and
 * have violations. Confined to one thread.
 */
final class EventIntake {

  /** What is done with events when there are too many to be kept until their unit was read. */
  interface Overflow {

    /** Takes what was found in the unit so far. */
    void drain(Unit unit, PieceTally current);
  }

  private final Overflow overflow;
  private final Unit unit;
  private final PieceTally tally;
  private final TimeFilter times;

  EventIntake(Unit unit, PieceTally tally, Overflow overflow) {
    this.unit = unit;
    this.tally = tally;
    this.times = tally.piece.input().times();
    this.overflow = overflow;
  }

  PieceTally tally() {
    return tally;
  }

  void take(EventView event) {
    tally.events++;
    if (counts(event) && event.hasViolations()) {
      unit.found.add(event);
      if (unit.found.isFull()) {
        overflow.drain(unit, tally);
      }
    }
  }

  private boolean counts(EventView event) {
    if (event.second == EventView.NO_TIME) {
      tally.withoutTime++;
      return times.includesTimeless();
    }
    if (!times.includes(event.second, event.nano)) {
      tally.outsideWindow++;
      return false;
    }
    tally.span.include(event.second, event.nano);
    return true;
  }
}
