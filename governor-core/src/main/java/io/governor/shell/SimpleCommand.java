package io.governor.shell;

import io.governor.event.OperationClassification.Effect;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    for (Redirection redirection : redirections) {
      if (redirection.hasConstruct()) {
        return true;
      }
    }
    return hasConstructInWords();
  }

  boolean hasConstructInWords() {
    for (Word word : words) {
      if (word.construct()) {
        return true;
      }
    }
    return false;
  }

  boolean hasHeredoc() {
    for (Redirection redirection : redirections) {
      if (redirection.operator().isHeredoc()) {
        return true;
      }
    }
    return false;
  }

  List<Effect> redirectionEffects() {
    List<Effect> effects = new ArrayList<>(redirections.size());
    for (Redirection redirection : redirections) {
      @Nullable Effect effect = redirection.effect();
      if (effect != null) {
        effects.add(effect);
      }
    }
    return effects;
  }

  /** Sizes only: words are what the user typed. */
  @Override
  public String toString() {
    return "SimpleCommand[" + words.size() + " words, " + redirections.size() + " redirections]";
  }
}
