package io.governor.cli;

import io.governor.sync.DryRun;
import io.governor.sync.Endpoint;
import io.governor.sync.Registered;
import io.governor.sync.RegistrationForm;
import io.governor.sync.RegistrationRequest;
import io.governor.sync.SyncConfig;
import io.governor.sync.SyncException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code governor sync register}: makes the installation known to a server, which then may count.
 */
@Command(
    name = "register",
    description = "Register this installation with a server; no count is sent yet.")
final class SyncRegisterCommand implements Callable<Integer> {

  private static final String NOW = "now";

  private final Invocation invocation;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description =
          "The server, such as https://collector.example.org; else sync.endpoint of the"
              + " configuration.")
  private @Nullable String endpoint;

  @Option(
      names = "--email",
      paramLabel = "ADDRESS",
      required = true,
      description = "Whom the server may write to.")
  private String email = "";

  @Option(names = "--name", paramLabel = "NAME", required = true, description = "Their name.")
  private String name = "";

  @Option(names = "--organization", paramLabel = "NAME", description = "Whom they work for.")
  private @Nullable String organization;

  @Option(names = "--role", paramLabel = "ROLE", description = "What they do there.")
  private @Nullable String role;

  @Option(
      names = "--from",
      paramLabel = "INSTANT",
      description =
          "Leave out of the first run what happened before: now, or an RFC 3339 instant in whole"
              + " seconds.")
  private @Nullable String from;

  @Option(names = "--force", description = "Register again; the id and what was counted stay.")
  private boolean force;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  SyncRegisterCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Terminal terminal = invocation.terminal();
    NoNetwork.refuse(invocation);
    try {
      SyncConfig config = SyncConfig.read(invocation.stateRoot());
      RegistrationForm form =
          RegistrationForm.of(endpoint(config), email, name)
              .with(organization, role)
              .startingAt(from())
              .again(force);
      Registered registered =
          Progress.during(terminal, "registering", () -> SyncClients.of(invocation).register(form));
      @Nullable DryRun next = nextRun();
      if (json) {
        terminal.answer(Json.text(json(registered, next)) + "\n");
      } else {
        terminal.answer(lines(registered, next));
      }
      return ExitCode.DONE;
    } catch (SyncException e) {
      throw SyncCommand.failure(e);
    }
  }

  private Endpoint endpoint(SyncConfig config) throws SyncException {
    boolean http = config.connection().allowLoopbackHttp();
    if (endpoint != null) {
      return Endpoint.parse(endpoint, http);
    }
    Endpoint configured = config.endpoint();
    if (configured == null) {
      throw CommandFailure.usage(
          "no server: give --endpoint URL, such as https://collector.example.org, or set"
              + " sync.endpoint in config.yaml");
    }
    return configured;
  }

  private @Nullable Instant from() {
    if (from == null) {
      return null;
    }
    if (from.equals(NOW)) {
      return invocation.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }
    try {
      Instant instant = OffsetDateTime.parse(from.toUpperCase(Locale.ROOT)).toInstant();
      if (instant.isAfter(invocation.clock().instant())) {
        throw CommandFailure.usage("--from: it is in the future; expected now, or what is past");
      }
      if (instant.equals(instant.truncatedTo(ChronoUnit.SECONDS))) {
        return instant;
      }
    } catch (DateTimeException e) {
      // As what has a fraction of a second.
    }
    throw CommandFailure.usage(
        "--from: expected now, or an RFC 3339 instant in whole seconds, such as"
            + " 2026-04-14T00:00:00Z");
  }

  /** What the next run will send, or null when that cannot be told; the registration stands. */
  private @Nullable DryRun nextRun() {
    try {
      return SyncRunCommand.dryRun(invocation, SyncClients.options(invocation));
    } catch (SyncException e) {
      invocation
          .terminal()
          .complain(
              "registered; what the next run will cover cannot be told now: " + e.getMessage());
      return null;
    }
  }

  private List<String> lines(Registered registered, @Nullable DryRun next) {
    RegistrationRequest sent = registered.sent();
    List<String> lines = new ArrayList<>();
    lines.add(
        (registered.again() ? "Registered again" : "Registered")
            + " with "
            + registered.credential().endpoint()
            + ".");
    lines.add("");
    lines.addAll(
        new Facts()
            .add("Installation", sent.installationId())
            .add("Secret", registered.credential().secret().reveal())
            .lines());
    lines.add("");
    lines.add("The secret is shown this once. It is stored for its owner only in");
    lines.add(Text.line(invocation.stateRoot().resolve("sync-state.json") + ";"));
    lines.add("nothing has to be done with it.");
    lines.add("");
    lines.add(invocation.terminal().heading("Sent, all of it"));
    lines.add("");
    Facts facts = new Facts();
    sent(sent).forEach((member, value) -> facts.add("  " + member, String.valueOf(value)));
    lines.addAll(facts.lines());
    if (next != null) {
      lines.add("");
      lines.addAll(new NextRun(registered, next).lines(invocation.terminal()));
    }
    return lines;
  }

  private static Map<String, @Nullable Object> json(Registered registered, @Nullable DryRun next) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("installation_id", registered.sent().installationId());
    json.put("endpoint", registered.credential().endpoint().toString());
    json.put("installation_secret", registered.credential().secret().reveal());
    json.put("again", registered.again());
    json.put("from", Times.json(registered.from()));
    json.put("sent", sent(registered.sent()));
    byte[] body = next == null ? null : next.body();
    json.put("next_run", body == null ? null : new Json.Written(body));
    return json;
  }

  /** The members as they went out. */
  private static Map<String, @Nullable Object> sent(RegistrationRequest sent) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("installation_id", sent.installationId());
    members.put("runtime_version", sent.runtimeVersion());
    members.put("contact_email", sent.contactEmail());
    members.put("contact_name", sent.contactName());
    if (sent.organization() != null) {
      members.put("organization", sent.organization());
    }
    if (sent.operatorRole() != null) {
      members.put("operator_role", sent.operatorRole());
    }
    members.put("user_agent", sent.userAgent());
    return members;
  }
}
