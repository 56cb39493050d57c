package io.governor.shell;

import java.util.List;

/** Takes what {@link ScriptReader} finds, in the order a shell would come to it. */
interface ScriptSink {

  /** Where changes of directory and variables end. */
  enum Scope {
    /** They are gone at its end: a subshell or a substitution. */
    SUBSHELL,
    /** They stay: a group. */
    GROUP,
    /** They may or may not have happened at its end: a branch, a loop. */
    CONDITIONAL
  }

  /** How a command ends. */
  enum End {
    PIPE,
    BACKGROUND,
    PLAIN
  }

  void command(ScriptCommand command);

  /** An operand between {@code [[} and {@code ]]}. */
  void test(ScriptWord word);

  /** The last command ended, perhaps without a word. */
  void end(End end);

  void open(Scope scope);

  void close();

  /** A function's body is the next scope that opens. */
  void function(String name);

  /** A loop gives a variable these words in turn. */
  void loop(String variable, List<ScriptWord> values);

  /** The body of a here-document of the command that came last with one. */
  void hereDocument(String body, ScriptCommand command);
}
