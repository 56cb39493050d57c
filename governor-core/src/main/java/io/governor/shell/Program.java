package io.governor.shell;

import java.util.List;

/** What one program does with its words. */
@FunctionalInterface
interface Program {

  void run(List<String> arguments, Programs programs);
}
