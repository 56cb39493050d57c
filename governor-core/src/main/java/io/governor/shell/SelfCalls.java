package io.governor.shell;

import io.governor.shell.ScriptSink.End;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Finds functions that start themselves more than once without waiting: fork bombs. Used by one
 * thread.
 */
final class SelfCalls {

  private static final class Function {
    private final String name;
    private int calls;
    private boolean parallel;

    Function(String name) {
      this.name = name;
    }
  }

  private final Deque<Function> open = new ArrayDeque<>();
  private final Findings findings;

  SelfCalls(Findings findings) {
    this.findings = findings;
  }

  void open(String name) {
    open.push(new Function(name));
  }

  void run(String program) {
    Function innermost = open.peek();
    if (innermost != null && innermost.name.equals(program)) {
      innermost.calls++;
    }
  }

  void end(End end) {
    Function innermost = open.peek();
    if (innermost != null && end != End.PLAIN) {
      innermost.parallel = true;
    }
  }

  void close() {
    Function function = open.pop();
    if (function.calls > 1 && function.parallel) {
      findings.loss(Loss.FORK_BOMB);
    }
  }
}
