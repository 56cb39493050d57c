package io.governor.cli;

import io.governor.sync.SentBody;
import io.governor.sync.SyncConfig;
import io.governor.sync.SyncException;
import io.governor.sync.SyncStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code governor sync status}: with which server, what was sent last, what waits, what is lost.
 */
@Command(
    name = "status",
    description = "Show the registration, the last sync, what waits and what was lost.")
final class SyncStatusCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  SyncStatusCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Terminal terminal = invocation.terminal();
    try {
      SyncConfig config = SyncConfig.read(invocation.stateRoot());
      SyncStatus status = SyncClients.of(invocation).status();
      if (json) {
        terminal.answer(Json.text(members(status, config)) + "\n");
      } else {
        terminal.answer(facts(status, config).lines());
      }
      return ExitCode.DONE;
    } catch (SyncException e) {
      throw SyncCommand.failure(e);
    }
  }

  private Facts facts(SyncStatus status, SyncConfig config) {
    Facts facts = new Facts();
    facts.add("Registered", registered(status));
    elsewhere(status, config).ifPresent(words -> facts.add("Configured", words));
    if (status.installationId() != null) {
      facts.add("Installation", status.installationId());
    }
    if (status.contactEmail() != null) {
      facts.add("Contact", status.contactEmail() + ", " + status.contactName());
    }
    facts.add("Network", NoNetwork.inWords(invocation));
    facts.add("Sources", sources(config));
    facts.add("Published", published(config));
    blurred(config).ifPresent(words -> facts.add("Blurred", words));
    if (status.from() != null && status.accepted() == 0) {
      facts.add("First run", "leaves out what happened before " + status.from());
    }
    facts.add("Last sync", last(status));
    facts.add("Waiting", waiting(status));
    if (!status.withheld().isEmpty()) {
      facts.add("Withheld", withheld(status));
    }
    facts.add("Losses", losses(status));
    facts.add("Schedule", config.every() == null ? "off" : "every " + config.every());
    return facts;
  }

  private static String registered(SyncStatus status) {
    if (!status.registered()) {
      return "no, nothing leaves this machine";
    }
    return status.endpoint() == null ? "yes" : "yes, with " + status.endpoint();
  }

  /** What the configuration says of the server matters for a registration only. */
  private static Optional<String> elsewhere(SyncStatus status, SyncConfig config) {
    String registered = status.endpoint();
    boolean differs =
        config.endpoint() != null
            && registered != null
            && !registered.equals(config.endpoint().toString());
    return differs
        ? Optional.of(
            "sync.endpoint is " + config.endpoint() + ": sync register --force moves there")
        : Optional.empty();
  }

  private String sources(SyncConfig config) {
    List<Path> sources = new ArrayList<>(List.of(invocation.traces()));
    sources.addAll(config.logSources());
    return sources.stream().map(Path::toString).collect(Collectors.joining(", "));
  }

  private static String published(SyncConfig config) {
    return config.published().isEmpty()
        ? "the standard rules"
        : "the standard rules, "
            + config.published().stream()
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
  }

  private static Optional<String> blurred(SyncConfig config) {
    List<String> parts = new ArrayList<>();
    if (config.minCount() > 1) {
      parts.add("counts below " + config.minCount() + " are withheld");
    }
    if (config.noise() != null) {
      parts.add("noise with epsilon " + config.noise().epsilon().toPlainString());
    }
    if (config.align() != null) {
      parts.add("windows of whole " + config.align().unit().toString().toLowerCase(Locale.ROOT));
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
  }

  static String last(SyncStatus status) {
    SentBody last = status.last();
    return last == null
        ? "never"
        : Times.toSecond(last.accepted())
            + ", "
            + last.window()
            + ", "
            + Text.count(status.accepted(), "window")
            + " in all";
  }

  static String waiting(SyncStatus status) {
    SentBody waiting = status.waiting();
    return waiting == null
        ? "nothing"
        : waiting.window()
            + " since "
            + Times.toSecond(waiting.made())
            + ", "
            + tried(waiting)
            + "; the next run sends the same bytes again";
  }

  private static String tried(SentBody waiting) {
    return waiting.attempts() == 0
        ? "not tried yet"
        : "tried " + Text.count(waiting.attempts(), "time");
  }

  private static String withheld(SyncStatus status) {
    List<String> parts = new ArrayList<>();
    status.withheld().forEach((rule, count) -> parts.add(rule + " " + count));
    return String.join(", ", parts) + "; sent with a later window";
  }

  static String losses(SyncStatus status) {
    long lines = Losses.lines(status.losses());
    return lines == 0
        ? "none"
        : Text.count(lines, "line")
            + " of rewritten files, of which nobody can tell whether they were counted; sync"
            + " history names them";
  }

  private Map<String, @Nullable Object> members(SyncStatus status, SyncConfig config) {
    Map<String, @Nullable Object> members = members(status);
    members.put("network", !NoNetwork.isAskedFor(invocation));
    members.put("log_sources", config.logSources().stream().map(Path::toString).toList());
    members.put("published", config.published().stream().sorted().map(String::valueOf).toList());
    members.put("schedule", config.every() == null ? null : config.every().toString());
    return members;
  }

  /** How it stands, for programs. */
  static Map<String, @Nullable Object> members(SyncStatus status) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("registered", status.registered());
    members.put("endpoint", status.endpoint());
    members.put("installation_id", status.installationId());
    members.put("contact_email", status.contactEmail());
    members.put("contact_name", status.contactName());
    members.put("from", Times.json(status.from()));
    members.put("accepted_windows", status.accepted());
    members.put("last", status.last() == null ? null : SyncHistoryCommand.members(status.last()));
    members.put(
        "waiting", status.waiting() == null ? null : SyncHistoryCommand.members(status.waiting()));
    Map<String, Long> withheld = new LinkedHashMap<>();
    status.withheld().forEach((rule, count) -> withheld.put(rule.value(), count));
    members.put("withheld", withheld);
    members.put("losses", Losses.members(status.losses()));
    return members;
  }
}
