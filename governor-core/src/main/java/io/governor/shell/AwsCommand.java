package io.governor.shell;

import io.governor.event.OperationClassification.Effect;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the execution record, section 8.3, says of {@code aws}, whose sub-commands are a service and
 * a verb.
 */
final class AwsCommand {
  /** By the word of a verb before its first hyphen. */
  private static final EffectTable FIRST_WORDS =
      EffectTable.of(
          "cloud_infrastructure",
          """
          read F    | describe list get lookup search
          create F  | create run launch allocate register import copy
          modify N  | put
          modify F  | update modify start stop reboot associate attach detach disassociate enable disable set tag untag
          modify T  | reset restore
          delete T  | delete terminate deregister release remove cancel purge
          execute N | execute
          """);

  private static final EffectTable EXACT =
      EffectTable.of(
          "cloud_infrastructure",
          """
          execute N | invoke send-command start-session
          depends   | s3+cp s3+sync
          """);

  // The tool's own list of global options that take a value; without it "--profile name" would pass
  // for a service.
  private static final Set<String> OPTIONS_WITH_VALUE =
      Set.of(
          "--profile",
          "--region",
          "--output",
          "--query",
          "--endpoint-url",
          "--ca-bundle",
          "--color",
          "--cli-read-timeout",
          "--cli-connect-timeout",
          "--cli-binary-format");

  private static final List<Effect> UPLOAD = Effects.of("cloud_infrastructure", "modify N");

  private AwsCommand() {}

  static Outcome aws(Arguments arguments) {
    List<String> names = arguments.names(OPTIONS_WITH_VALUE);
    List<String> subcommand = names.stream().limit(2).toList();
    // "describe-" and its like are listed, what follows the hyphen is not: such a verb is written
    // as the filter says.
    Predicate<String> listed = EXACT::lists;
    @Nullable List<Effect> effects = subcommand.size() < 2 ? null : effects(subcommand, names);
    return new Outcome(subcommand, listed, effects == null ? Effects.ONLY_UNKNOWN : effects);
  }

  private static @Nullable List<Effect> effects(List<String> subcommand, List<String> names) {
    String verb = subcommand.get(1);
    @Nullable List<Effect> exact = EXACT.effects(verb);
    if (exact != null) {
      return exact;
    }
    if (subcommand.equals(List.of("s3", "cp")) || subcommand.equals(List.of("s3", "sync"))) {
      return uploads(names) ? UPLOAD : null;
    }
    int hyphen = verb.indexOf('-');
    return hyphen < 0 ? null : FIRST_WORDS.effects(verb.substring(0, hyphen));
  }

  /**
   * Whether any name but the source is a bucket: the values of options may stand on either side of
   * the destination.
   */
  private static boolean uploads(List<String> names) {
    return names.stream().skip(3).anyMatch(name -> name.startsWith("s3://"));
  }
}
