package io.governor.shell;

import io.governor.event.OperationClassification.Effect;
import java.util.List;

/** The table "Filesystem" of the execution record, section 8.3. */
final class FilesystemCommands {
  static final EffectTable FIXED =
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

  static Outcome sed(Arguments arguments) {
    boolean inPlace = arguments.hasPrefix("-i") || arguments.has("--in-place");
    return Outcome.of(inPlace ? OVERWRITE : READ);
  }

  static Outcome gzip(Arguments arguments) {
    boolean keepsOrUnpacks =
        arguments.has("--decompress", "--keep")
            || hasLetter(arguments, 'd')
            || hasLetter(arguments, 'k');
    return Outcome.of(keepsOrUnpacks ? MAY_DESTROY : OVERWRITE);
  }

  private static boolean hasLetter(Arguments arguments, char letter) {
    return arguments.words().stream().anyMatch(word -> isCluster(word) && word.indexOf(letter) > 0);
  }

  private static boolean isCluster(String word) {
    return Arguments.isOption(word) && !word.startsWith("--");
  }

  static Outcome tar(Arguments arguments) {
    boolean packs =
        bundleHas(arguments, 'x')
            || bundleHas(arguments, 'c')
            || arguments.has("--extract", "--create");
    return packs ? Outcome.of(MAY_DESTROY) : Outcome.UNKNOWN;
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

  static Outcome tee(Arguments arguments) {
    if (arguments.names().isEmpty()) {
      return Outcome.of(List.of());
    }
    return Outcome.of(arguments.has("-a", "--append") ? MODIFY : MAY_DESTROY);
  }
}
