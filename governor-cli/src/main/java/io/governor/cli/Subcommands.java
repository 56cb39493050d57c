package io.governor.cli;

import java.util.List;
import picocli.CommandLine;

/**
 * The commands below {@code governor}. Only that which is meant is made where one is: its options
 * are found by reflection, and for all of them together that takes longer than most commands run.
 * Stateless.
 */
final class Subcommands {

  private static final List<String> NAMES =
      List.of(
          "demo",
          "status",
          "list",
          "open",
          "pulse",
          "report",
          "explain",
          "verify",
          "prune",
          "keys",
          "check",
          "policy",
          "approvals",
          "sessions",
          "profile",
          "config",
          "init",
          "doctor",
          "scan",
          "mcp",
          "sync",
          "hook",
          "daemon");

  private Subcommands() {}

  /** That which the arguments name; all, in the order of the help, where they name none. */
  static List<String> meant(String[] args) {
    return args.length > 0 && NAMES.contains(args[0]) ? List.of(args[0]) : NAMES;
  }

  /** The command of a name among those that are meant. */
  static CommandLine of(String name, Invocation invocation) {
    return switch (name) {
      case "demo" -> demo(invocation);
      case "status" -> new CommandLine(new StatusCommand(invocation));
      case "list" -> new CommandLine(new ListCommand(invocation));
      case "open" -> new CommandLine(new OpenCommand(invocation));
      case "pulse" -> new CommandLine(new PulseCommand(invocation));
      case "report" -> new CommandLine(new ReportCommand(invocation));
      case "explain" -> new CommandLine(new ExplainCommand(invocation));
      case "verify" -> new CommandLine(new VerifyCommand(invocation));
      case "prune" -> new CommandLine(new PruneCommand(invocation));
      case "keys" -> keys(invocation);
      case "check" -> new CommandLine(new CheckCommand(invocation));
      case "policy" -> policy(invocation);
      case "approvals" -> approvals(invocation);
      case "sessions" -> sessions(invocation);
      case "profile" -> profile(invocation);
      case "config" -> config(invocation);
      case "init" -> new CommandLine(new InitCommand(invocation));
      case "doctor" -> new CommandLine(new DoctorCommand(invocation));
      case "scan" -> new CommandLine(new ScanCommand(invocation));
      case "mcp" -> mcp(invocation);
      case "sync" -> sync(invocation);
      case "hook" -> new CommandLine(new HookSubcommand());
      case "daemon" -> daemon(invocation);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static CommandLine demo(Invocation invocation) {
    CommandLine demo = new CommandLine(new DemoCommand(invocation));
    demo.getCommandSpec().usageMessage().hidden(!DemoCommand.isOffered());
    return demo;
  }

  private static CommandLine policy(Invocation invocation) {
    return new CommandLine(new PolicyCommand())
        .addSubcommand(new PolicyInitCommand(invocation))
        .addSubcommand(new PolicyValidateCommand(invocation))
        .addSubcommand(new PolicyTestCommand(invocation))
        .addSubcommand(new PolicyExplainCommand(invocation));
  }

  private static CommandLine approvals(Invocation invocation) {
    return new CommandLine(new ApprovalsCommand())
        .addSubcommand(new ApprovalsListCommand(invocation))
        .addSubcommand(new ApprovalsShowCommand(invocation))
        .addSubcommand(new ApprovalsAllowCommand(invocation))
        .addSubcommand(new ApprovalsDenyCommand(invocation));
  }

  private static CommandLine sessions(Invocation invocation) {
    return new CommandLine(new SessionsCommand())
        .addSubcommand(new SessionsListCommand(invocation))
        .addSubcommand(new SessionsPauseCommand(invocation))
        .addSubcommand(new SessionsReleaseCommand(invocation));
  }

  private static CommandLine keys(Invocation invocation) {
    return new CommandLine(new KeysCommand())
        .addSubcommand(new KeysListCommand(invocation))
        .addSubcommand(new KeysRotateCommand(invocation));
  }

  private static CommandLine profile(Invocation invocation) {
    return new CommandLine(new ProfileCommand())
        .addSubcommand(new ProfileInitCommand(invocation))
        .addSubcommand(new ProfileViewCommand(invocation))
        .addSubcommand(new ProfileValidateCommand(invocation))
        .addSubcommand(new ProfileResolveCommand(invocation));
  }

  private static CommandLine config(Invocation invocation) {
    return new CommandLine(new ConfigCommand()).addSubcommand(new ConfigExplainCommand(invocation));
  }

  private static CommandLine mcp(Invocation invocation) {
    CommandLine pins =
        new CommandLine(new McpPinsCommand())
            .addSubcommand(new McpPinsListCommand(invocation))
            .addSubcommand(new McpPinsDiffCommand(invocation))
            .addSubcommand(new McpPinsAcceptCommand(invocation));
    return new CommandLine(new McpCommand())
        .addSubcommand(new McpProxyCommand(invocation))
        .addSubcommand(new McpServeCommand(invocation))
        .addSubcommand(pins);
  }

  private static CommandLine daemon(Invocation invocation) {
    return new CommandLine(new DaemonCommand())
        .addSubcommand(new DaemonRunCommand(invocation))
        .addSubcommand(new DaemonStartCommand(invocation))
        .addSubcommand(new DaemonStopCommand(invocation))
        .addSubcommand(new DaemonStatusCommand(invocation))
        .addSubcommand(new DaemonOnceCommand(invocation))
        .addSubcommand(new DaemonArchiveCommand(invocation));
  }

  private static CommandLine sync(Invocation invocation) {
    return new CommandLine(new SyncCommand())
        .addSubcommand(new SyncCountCommand(invocation))
        .addSubcommand(new SyncRegisterCommand(invocation))
        .addSubcommand(new SyncRunCommand(invocation))
        .addSubcommand(new SyncStatusCommand(invocation))
        .addSubcommand(new SyncHistoryCommand(invocation))
        .addSubcommand(new SyncUpdateCheckCommand(invocation))
        .addSubcommand(new SyncUnregisterCommand(invocation));
  }
}
