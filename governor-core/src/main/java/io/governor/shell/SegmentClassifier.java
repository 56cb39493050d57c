package io.governor.shell;

import io.governor.event.OperationClassification.Effect;
import io.governor.event.OperationClassification.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns one simple command into its segment of the classification, if it has one (execution record,
 * section 8.2, step 4).
 */
final class SegmentClassifier {
  private static final Set<String> WRAPPERS =
      Set.of("sudo", "env", "time", "nohup", "nice", "command", "exec");
  private static final Set<String> NEUTRAL =
      Set.of(
          "cd", "pushd", "popd", "export", "set", "unset", "echo", "printf", "true", "false", ":",
          "read", "sleep", "alias");

  private final Wording wording;

  SegmentClassifier(Wording wording) {
    this.wording = wording;
  }

  /** The segment, or null for a command that touches nothing. */
  @Nullable Segment segment(SimpleCommand command) {
    int first = 0;
    List<Word> words = command.words();
    while (first < words.size() && isSkipped(words.get(first))) {
      if (isWrapperWithOption(words, first)) {
        return unknown(words.get(first).text(), command);
      }
      first++;
    }
    return first == words.size() ? withoutCommand(command) : withCommand(command, first);
  }

  private static boolean isSkipped(Word word) {
    return word.isAssignment() || isWrapper(word);
  }

  /** Wrappers are known as typed, like neutral commands: with a path they could be anything. */
  private static boolean isWrapper(Word word) {
    return WRAPPERS.contains(word.text());
  }

  private static boolean isWrapperWithOption(List<Word> words, int at) {
    return isWrapper(words.get(at)) && at + 1 < words.size() && words.get(at + 1).isOption();
  }

  private @Nullable Segment withoutCommand(SimpleCommand command) {
    if (command.hasConstructInWords()) {
      // The name of a variable is the user's word like an unlisted executable, so it passes the
      // filter.
      return unknown(wording.unlisted(lastAssignment(command)), command);
    }
    // The format names no executable here and none runs: the empty one, as for a command that is
    // not text.
    return unlessEmpty("", command);
  }

  private static String lastAssignment(SimpleCommand command) {
    String last = "";
    for (Word word : command.words()) {
      @Nullable String name = word.assignmentName();
      last = name == null ? last : name;
    }
    return last;
  }

  private @Nullable Segment withCommand(SimpleCommand command, int first) {
    Word executable = command.words().get(first);
    // A group may also stand behind a wrapper, as in "time ( … )"; its text is never the name of
    // anything.
    if (executable.group() != null) {
      return unknown(executable.group().toString(), command);
    }
    if (executable.construct()) {
      return unknown(wording.unlisted(executable.text()), command);
    }
    if (NEUTRAL.contains(executable.text())) {
      return unlessEmpty(executable.text(), command);
    }
    return lookedUp(command, first);
  }

  private Segment lookedUp(SimpleCommand command, int first) {
    String typed = command.words().get(first).text();
    String name = KnownCommands.baseName(typed);
    KnownCommand known = KnownCommands.find(name);
    if (known == null) {
      return unknown(wording.unlisted(typed), command);
    }
    Outcome outcome = known.outcome(arguments(command, first + 1));
    boolean tellsConstruct = outcome.effects().contains(Effects.UNKNOWN);
    List<Effect> effects = effects(outcome.effects(), command, !tellsConstruct);
    return new Segment(name, wording.subcommand(outcome), effects);
  }

  private static Arguments arguments(SimpleCommand command, int from) {
    List<String> words = new ArrayList<>();
    for (Word word : command.words().subList(from, command.words().size())) {
      words.add(word.text());
    }
    return new Arguments(words, command.hasHeredoc());
  }

  private static Segment unknown(String executable, SimpleCommand command) {
    return new Segment(executable, null, effects(Effects.ONLY_UNKNOWN, command, false));
  }

  private static @Nullable Segment unlessEmpty(String executable, SimpleCommand command) {
    List<Effect> effects = effects(List.of(), command, true);
    return effects.isEmpty() ? null : new Segment(executable, null, effects);
  }

  /**
   * A command's own effects, then its redirections, then what a construct may do if that is still
   * to be told.
   */
  private static List<Effect> effects(
      List<Effect> own, SimpleCommand command, boolean tellConstruct) {
    List<Effect> effects = new ArrayList<>(own);
    effects.addAll(command.redirectionEffects());
    if (tellConstruct && command.hasConstruct()) {
      effects.add(Effects.UNKNOWN);
    }
    return effects;
  }
}
