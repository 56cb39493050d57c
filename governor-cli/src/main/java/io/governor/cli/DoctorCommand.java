package io.governor.cli;

import io.governor.hooks.install.InstallException;
import io.governor.hooks.install.InstallOptions;
import io.governor.hooks.install.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code governor doctor}: whether hooks do what they are there for, and what cannot be told. */
@Command(
    name = "doctor",
    description = {
      "Prove that hooks work: runs the installed command with a call that nobody makes.",
      "The call is recorded in a session named governor-doctor-...; exits with 1 if something is wrong."
    })
final class DoctorCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(
      arity = "0..1",
      paramLabel = "AGENT",
      description = "The coding agent; every one that has hooks of ours unless given.")
  private @Nullable String agent;

  @Option(
      names = "--project",
      paramLabel = "DIR",
      description = "Look at this project's configuration instead of your own.")
  private @Nullable Path project;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  DoctorCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (agent != null && !Installation.agents().contains(agent)) {
      throw CommandFailure.usage(
          "there is no agent \""
              + agent
              + "\"; expected "
              + String.join(", ", Installation.agents()));
    }
    if (project != null && !Files.isDirectory(project)) {
      throw CommandFailure.usage(project + ": there is no such directory");
    }
    Map<String, List<Diagnosis>> findings = new LinkedHashMap<>();
    findings.put("governor", new StateChecks(invocation).findings());
    for (String each : agents()) {
      findings.put(each, new HookChecks(invocation, each, folder()).findings());
    }
    show(findings);
    boolean wrong =
        findings.size() == 1
            || findings.values().stream()
                .flatMap(List::stream)
                .anyMatch(finding -> finding.state() == Diagnosis.State.WRONG);
    return wrong ? ExitCode.FOUND : ExitCode.DONE;
  }

  private @Nullable Path folder() {
    return project == null ? null : project.toAbsolutePath().normalize();
  }

  private List<String> agents() throws IOException {
    if (agent != null) {
      return List.of(agent);
    }
    List<String> installed = new ArrayList<>();
    for (String each : Installation.agents()) {
      if (isInstalled(each)) {
        installed.add(each);
      }
    }
    return installed;
  }

  private boolean isInstalled(String each) throws IOException {
    try {
      InstallOptions options = new InstallOptions(folder(), false, null, false, false);
      return Installation.of(each, HookInstallation.machine(invocation), options).isInstalled();
    } catch (InstallException e) {
      return false;
    }
  }

  private void show(Map<String, List<Diagnosis>> findings) {
    Terminal terminal = invocation.terminal();
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      findings.forEach(
          (name, each) -> answer.put(name, each.stream().map(Diagnosis::json).toList()));
      terminal.answer(Json.text(answer) + "\n");
      return;
    }
    List<String> lines = new ArrayList<>();
    findings.forEach(
        (name, each) -> {
          lines.add(terminal.heading(name));
          each.forEach(finding -> lines.addAll(finding.lines(terminal)));
        });
    if (findings.size() == 1) {
      lines.add("No agent has hooks of ours here: governor init AGENT puts them in.");
    }
    terminal.answer(lines);
  }
}
