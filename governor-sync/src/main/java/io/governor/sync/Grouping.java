package io.governor.sync;

/**
 * How the events of a count are put into groups. For people who look at their own traces; groups
 * never leave the machine.
 */
public enum Grouping {
  /** By the day of the event's own time, in UTC: {@code 2026-04-14}. */
  DAY,
  /** By its hour, in UTC: {@code 2026-04-14T09}. */
  HOUR,
  /** By its {@code session_id}. */
  SESSION,
  /** By the folder its file lies in, which is what recorded it, such as {@code claude-code}. */
  SURFACE
}
