package io.governor.shell;

import io.governor.event.OperationClassification.Effect;
import java.util.List;
import java.util.Objects;

/**
 * One command between separators, as words and redirections.
 *
 * @param words its words in order, at least one unless it only redirects
 * @param redirections its redirections in order
 */
record SimpleCommand(List<Word> words, List<Redirection> redirections) {
  SimpleCommand {
    words = List.copyOf(words);
    redirections = List.copyOf(redirections);
  }

  boolean hasConstruct() {
    return words.stream().anyMatch(Word::construct)
        || redirections.stream().anyMatch(Redirection::hasConstruct);
  }

  boolean hasHeredoc() {
    return redirections.stream().anyMatch(redirection -> redirection.operator().isHeredoc());
  }

  List<Effect> redirectionEffects() {
    return redirections.stream().map(Redirection::effect).filter(Objects::nonNull).toList();
  }

  /** Sizes only: words are what the user typed. */
  @Override
  public String toString() {
    return "SimpleCommand[" + words.size() + " words, " + redirections.size() + " redirections]";
  }
}
