package io.governor.shell;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** Programs that run the command which stands behind their own options (their manuals). */
final class Prefixes {

  /**
   * How to step over a program's own words.
   *
   * @param options its options with a value
   * @param operands how many operands stand before the command
   * @param assignments whether assignments may stand before the command
   */
  record Prefix(Option.Valued options, int operands, boolean assignments) {

    /** Where the command begins. */
    int commandAt(List<String> arguments) {
      int at = endOfOptions(arguments, options);
      at = Math.min(at + operands, arguments.size());
      while (assignments && at < arguments.size() && arguments.get(at).indexOf('=') > 0) {
        at++;
      }
      return at;
    }
  }

  /** Name, letters with a value, operands before the command, long options with a value. */
  private static final String ROWS =
      """
      sudo CDghpRrTtUu = --user --group --host --prompt --chdir --role --type --close-from --other-user
      doas uC 0
      env uCP = --unset --chdir
      nohup - 0
      nice n 0 --adjustment
      ionice cnpPu 0 --class --classdata
      chrt TPD 1
      taskset - 1
      time fo 0 --format --output
      gtime fo 0 --format --output
      timeout ks 1 --kill-after --signal
      gtimeout ks 1 --kill-after --signal
      command - 0
      builtin - 0
      exec a 0
      setsid - 0
      stdbuf ioe 0 --input --output --error
      unbuffer - 0
      chroot - 1 --userspec --groups
      unshare SG 0 --setuid --setgid --root --wd
      nsenter tSGrw 0 --target
      flock wE 1 --timeout --wait --conflict-exit-code
      busybox - 0
      toybox - 0
      caffeinate tw 0
      strace abeEIoOpPsSuX 0
      ltrace aADeFlnopsuwxX 0
      proot rbqw 0
      firejail - 0
      catchsegv - 0
      noglob - 0
      nocorrect - 0
      xvfb-run aefnps 0
      dbus-run-session - 0
      systemd-run pEuHMt 0 --property --unit --setenv --uid --gid --slice --description --working-directory --nice
      pkexec - 0 --user
      gosu - 1
      su-exec - 1
      setarch - 1
      linux32 - 0
      linux64 - 0
      chronic - 0
      rlwrap abcCDfHlmMopPqsSt 0
      winpty - 0
      setpriv - 0
      prlimit - 0
      numactl CNmp 0
      ld.so - 0
      ld-linux.so.2 - 0
      ld-linux-x86-64.so.2 - 0
      ld-linux-aarch64.so.1 - 0
      screen cehLpsStTX 0
      """;

  private static final Map<String, Prefix> BY_NAME = read();

  private Prefixes() {}

  private static Map<String, Prefix> read() {
    Map<String, Prefix> prefixes = new HashMap<>();
    StringTokenizer rows = new StringTokenizer(ROWS, "\n");
    while (rows.hasMoreTokens()) {
      StringTokenizer cells = new StringTokenizer(rows.nextToken());
      prefixes.put(cells.nextToken(), prefix(cells));
    }
    return Map.copyOf(prefixes);
  }

  private static Prefix prefix(StringTokenizer cells) {
    String letters = cells.nextToken();
    String operands = cells.nextToken();
    Set<String> longOptions = new HashSet<>();
    while (cells.hasMoreTokens()) {
      longOptions.add(cells.nextToken());
    }
    boolean assignments = operands.equals("=");
    Option.Valued options = new Option.Valued(letters.replace("-", ""), Set.copyOf(longOptions));
    return new Prefix(options, assignments ? 0 : Integer.parseInt(operands), assignments);
  }

  static boolean has(String name) {
    return BY_NAME.containsKey(name);
  }

  /** The command behind a program's own words; null when the program is none of these. */
  static @Nullable List<String> command(String name, List<String> arguments) {
    @Nullable Prefix prefix = BY_NAME.get(name);
    if (prefix == null || Scripts.isSplitByEnv(name, arguments)) {
      return null;
    }
    int at = prefix.commandAt(arguments);
    return at == arguments.size() ? null : arguments.subList(at, arguments.size());
  }

  /** The index of the first word that is no option and no option's value; {@code --} is skipped. */
  static int endOfOptions(List<String> arguments, Option.Valued valued) {
    int at = 0;
    while (at < arguments.size() && arguments.get(at).length() > 1) {
      String argument = arguments.get(at);
      if (argument.equals("--")) {
        return at + 1;
      }
      if (!Arguments.isOption(argument)) {
        return at;
      }
      at += takesNext(argument, valued) ? 2 : 1;
    }
    return Math.min(at, arguments.size());
  }

  private static boolean takesNext(String option, Option.Valued valued) {
    if (option.startsWith("--")) {
      return valued.longOptions().contains(option);
    }
    for (int i = 1; i < option.length(); i++) {
      if (valued.letters().indexOf(option.charAt(i)) >= 0) {
        return i == option.length() - 1;
      }
    }
    return false;
  }
}
