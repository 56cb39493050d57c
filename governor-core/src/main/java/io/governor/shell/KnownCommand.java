package io.governor.shell;

/**
 * One row of the tables: a command that is known by its name, and how its arguments decide what it
 * does.
 */
@FunctionalInterface
interface KnownCommand {
  Outcome outcome(Arguments arguments);
}
