package io.governor.shell;

import io.governor.event.OperationClassification.Effect;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table "Filesystem" of the execution record, section 8.3. */
final class FilesystemCommands {
  private static final EffectTable FIXED =
      EffectTable.of(
          "filesystem",
          """
          read F   | ls cat head tail wc find grep rg stat file diff sort uniq cut tr awk du df pwd which realpath tree
          create F | mkdir ln
          modify F | touch chmod chown
          modify T | mv truncate
          modify N | cp unzip gunzip zip
          delete T | rm rmdir shred
          """);

  private static final List<Effect> READ = Effects.of("filesystem", "read F");
  private static final List<Effect> MODIFY = Effects.of("filesystem", "modify F");
  private static final List<Effect> MAY_DESTROY = Effects.of("filesystem", "modify N");
  private static final List<Effect> OVERWRITE = Effects.of("filesystem", "modify T");

  private FilesystemCommands() {}

  static Map<String, KnownCommand> commands() {
    Map<String, KnownCommand> commands = new HashMap<>();
    FIXED.forEach((name, effects) -> commands.put(name, arguments -> Outcome.of(effects)));
    commands.put("sed", arguments -> Outcome.of(sed(arguments)));
    commands.put("gzip", arguments -> Outcome.of(gzip(arguments)));
    commands.put("tar", arguments -> Outcome.of(tar(arguments)));
    commands.put("tee", arguments -> Outcome.of(tee(arguments)));
    return commands;
  }

  private static List<Effect> sed(Arguments arguments) {
    return arguments.hasPrefix("-i") || arguments.has("--in-place") ? OVERWRITE : READ;
  }

  private static List<Effect> gzip(Arguments arguments) {
    boolean keepsOrUnpacks =
        arguments.has("--decompress", "--keep")
            || hasLetter(arguments, 'd')
            || hasLetter(arguments, 'k');
    return keepsOrUnpacks ? MAY_DESTROY : OVERWRITE;
  }

  private static boolean hasLetter(Arguments arguments, char letter) {
    return arguments.words().stream().anyMatch(word -> isCluster(word) && word.indexOf(letter) > 0);
  }

  private static boolean isCluster(String word) {
    return Arguments.isOption(word) && !word.startsWith("--");
  }

  private static List<Effect> tar(Arguments arguments) {
    boolean packs =
        bundleHas(arguments, 'x')
            || bundleHas(arguments, 'c')
            || arguments.has("--extract", "--create");
    return packs ? MAY_DESTROY : Effects.ONLY_UNKNOWN;
  }

  /**
   * tar's first word is its bundle of letters, dash or not; a long option has letters by accident
   * only.
   */
  private static boolean bundleHas(Arguments arguments, char letter) {
    return arguments.words().stream()
        .limit(1)
        .anyMatch(word -> !word.startsWith("--") && word.indexOf(letter) >= 0);
  }

  private static List<Effect> tee(Arguments arguments) {
    if (arguments.names().isEmpty()) {
      return List.of();
    }
    return arguments.has("-a", "--append") ? MODIFY : MAY_DESTROY;
  }
}
