package io.governor.trace;

/** What a record on file outlives: {@code traces.fsync} in {@code config.yaml}. */
public enum Durability {
  /** Its process. The operating system has it, and writes it to the disk when it sees fit. */
  OS,

  /** The machine, from at most 50 ms or 100 records later on. */
  GROUP,

  /** The machine: it is forced to the disk before the call goes on. */
  ALWAYS
}
