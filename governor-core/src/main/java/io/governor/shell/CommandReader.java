package io.governor.shell;

import io.governor.shell.Redirection.Operator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits a command line into simple commands and those into words and redirections (execution
 * record, section 8.2, steps 1 to 3). It knows no grammar and no comments: what stands in
 * parentheses, in a brace group or in a substitution stays one word. One pass, no recursion; a
 * reader is used once, by one thread.
 */
final class CommandReader {
  private final String text;
  private final List<SimpleCommand> commands = new ArrayList<>();
  private List<Word> words = new ArrayList<>();
  private List<Redirection> redirections = new ArrayList<>();
  private @Nullable Operator pendingOperator;
  private int at;

  private CommandReader(String text) {
    this.text = text;
  }

  static List<SimpleCommand> read(String command) {
    return new CommandReader(Heredocs.removeBodies(command)).readCommands();
  }

  private List<SimpleCommand> readCommands() {
    while (at < text.length()) {
      readPart();
    }
    endCommand();
    return commands;
  }

  /** Reads what begins here: a blank, a redirection, a separator or a word. */
  private void readPart() {
    char c = text.charAt(at);
    Operator operator = operatorHere();
    if (operator != null) {
      startRedirection(operator);
    } else if (Syntax.isBlank(c)) {
      at++;
    } else if (Syntax.isContinuedLine(text, at)) {
      at += 2;
    } else if (Syntax.isSeparator(c)) {
      // Of "&&", "||", "|&" and ";;" the second character ends a command that is empty, which
      // leaves no trace.
      at++;
      endCommand();
    } else {
      endWord(readWord());
    }
  }

  private void startRedirection(Operator operator) {
    endRedirection(null);
    pendingOperator = operator;
    at += operator.length();
  }

  private void endRedirection(@Nullable Word target) {
    if (pendingOperator != null) {
      redirections.add(new Redirection(pendingOperator, target));
      pendingOperator = null;
    }
  }

  private void endWord(Word word) {
    if (pendingOperator != null) {
      endRedirection(word);
    } else if (!isDescriptorOfRedirection(word)) {
      words.add(word);
    }
  }

  private boolean isDescriptorOfRedirection(Word word) {
    boolean redirects = at < text.length() && (text.charAt(at) == '<' || text.charAt(at) == '>');
    return redirects && word.isDescriptor();
  }

  private void endCommand() {
    endRedirection(null);
    if (!words.isEmpty() || !redirections.isEmpty()) {
      commands.add(new SimpleCommand(words, redirections));
      words = new ArrayList<>();
      redirections = new ArrayList<>();
    }
  }

  private Word readWord() {
    WordReader reader = new WordReader(text, at);
    Word word = reader.read();
    at = reader.at();
    return word;
  }

  /** A process substitution begins like a redirection and is a word. */
  private @Nullable Operator operatorHere() {
    return Syntax.isProcessSubstitution(text, at) ? null : Operator.at(text, at);
  }
}
