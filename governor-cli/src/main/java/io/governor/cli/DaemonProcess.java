package io.governor.cli;

import io.governor.config.ConfigException;
import io.governor.hooks.HookConfig;
import io.governor.hooks.HookEngine;
import io.governor.hooks.daemon.DaemonSettings;
import io.governor.hooks.daemon.HookAnswers;
import io.governor.hooks.daemon.HookDaemon;
import io.governor.hooks.daemon.OneAnswer;
import java.io.IOException;

/**
 * {@code governor daemon run} and {@code governor daemon once [--enforce] AGENT}, which hooks start
 * while an agent waits: they do without the parser, whose classes take longer to load than the work
 * takes.
 */
final class DaemonProcess {

  private static final String GROUP = "daemon";
  private static final String RUN = "run";
  private static final String ONCE = "once";
  private static final String ENFORCE = "--enforce";

  private DaemonProcess() {}

  static boolean isMeant(String[] args) {
    return args.length > 1
        && args[0].equals(GROUP)
        && ((args[1].equals(RUN) && args.length == 2) || (args[1].equals(ONCE) && isOnce(args)));
  }

  private static boolean isOnce(String[] args) {
    return (args.length == 3 || (args.length == 4 && args[2].equals(ENFORCE)))
        && !args[args.length - 1].startsWith("-");
  }

  static int run(String[] args, Invocation invocation) {
    Terminal terminal = invocation.terminal();
    try {
      HookConfig config = HookConfig.read(invocation.stateRoot());
      return args[1].equals(RUN) ? stay(config, invocation) : once(config, args, invocation);
    } catch (IOException e) {
      return failed(args, terminal, LocalFiles.reason(e), ExitCode.LOCAL_IO);
    } catch (ConfigException | IllegalArgumentException e) {
      return failed(args, terminal, String.valueOf(e.getMessage()), ExitCode.USAGE);
    }
  }

  /** The script shows no standard error of ours; what goes to it as an answer it can show. */
  private static int failed(String[] args, Terminal terminal, String reason, int exitCode) {
    terminal.complain(reason);
    if (args[1].equals(ONCE)) {
      byte[] answer = OneAnswer.none(reason);
      terminal.out().write(answer, 0, answer.length);
    }
    return exitCode;
  }

  private static int stay(HookConfig config, Invocation invocation) throws IOException {
    HookDaemon.Ended ended =
        HookDaemon.of(
                invocation.stateRoot(),
                new DaemonSettings(config.daemonIdle(), config.daemonHttp()),
                Version.governor(),
                () -> answers(config, invocation),
                invocation.env())
            .run();
    if (ended == HookDaemon.Ended.ALREADY_RUNNING) {
      invocation.terminal().note("a daemon of this version runs already");
    }
    return ExitCode.DONE;
  }

  private static HookAnswers answers(HookConfig config, Invocation invocation) {
    return HookAnswers.of(
        HookEngine.open(invocation.stateRoot(), config.settings()), invocation.stateRoot(), config);
  }

  private static int once(HookConfig config, String[] args, Invocation invocation)
      throws IOException {
    String agent = args[args.length - 1];
    if (!HookEngine.agents().contains(agent)) {
      String expected = String.join(", ", HookEngine.agents());
      invocation.terminal().complain("daemon once: unknown agent: expected one of " + expected);
      return ExitCode.USAGE;
    }
    try (HookAnswers answers = answers(config, invocation)) {
      byte[] answer =
          OneAnswer.of(
              answers, agent, invocation.terminal().in(), invocation.env(), args.length == 4);
      invocation.terminal().out().write(answer, 0, answer.length);
    }
    return ExitCode.DONE;
  }
}
