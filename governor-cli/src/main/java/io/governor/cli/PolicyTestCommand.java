package io.governor.cli;

import io.governor.PolicyCases;
import io.governor.RuleId;
import io.governor.detect.Detectors;
import io.governor.policy.Policy;
import io.governor.policy.PolicyCase;
import io.governor.policy.PolicyException;
import io.governor.policy.PolicyLoader;
import java.io.IOException;
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

/**
 * {@code governor policy test}: whether a policy does what examples expect, its own and those of
 * further files. Every case that fails is named.
 */
@Command(name = "test", description = "Run a policy's cases; each that fails is named.")
final class PolicyTestCommand implements Callable<Integer> {

  private static final PolicyLoader LOADER = PolicyLoader.standard().withoutCases();

  private final Invocation invocation;

  @Parameters(index = "0", paramLabel = "FILE", description = "The policy, YAML or JSON.")
  private String file = "";

  @Parameters(
      index = "1..*",
      paramLabel = "CASES",
      description = "Files with further cases: documents that hold cases and nothing else.")
  private List<Path> more = new ArrayList<>();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  PolicyTestCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  /** Cases and the file they stand in. */
  private record Sourced(String file, List<PolicyCase> cases) {}

  private record Failed(String file, PolicyCases.Failure failure) {}

  @Override
  public Integer call() {
    Policy policy = policy();
    List<Sourced> sources = policy == null ? null : sources(policy);
    if (policy == null || sources == null) {
      return ExitCode.USAGE;
    }
    List<Failed> failed = new ArrayList<>();
    for (Sourced source : sources) {
      PolicyCases.failures(policy, source.cases(), Detectors.builtIn())
          .forEach(failure -> failed.add(new Failed(source.file(), failure)));
    }
    int cases = sources.stream().mapToInt(source -> source.cases().size()).sum();
    Terminal terminal = invocation.terminal();
    if (json) {
      terminal.answer(Json.text(json(policy, cases, failed)) + "\n");
    } else {
      terminal.answer(lines(cases, failed));
    }
    return failed.isEmpty() ? ExitCode.DONE : ExitCode.FOUND;
  }

  private @Nullable Policy policy() {
    try {
      return new PolicySource(file).load(LOADER).policy();
    } catch (PolicyException e) {
      PolicySource.tell(invocation.terminal(), file, e.problems());
      return null;
    }
  }

  /** All cases, or null when a file is refused, which is said of each. */
  private @Nullable List<Sourced> sources(Policy policy) {
    List<Sourced> sources = new ArrayList<>();
    sources.add(new Sourced(file, policy.cases()));
    boolean refused = false;
    for (Path cases : more) {
      try {
        sources.add(new Sourced(cases.toString(), LOADER.cases(cases, policy)));
      } catch (PolicyException e) {
        PolicySource.tell(invocation.terminal(), cases.toString(), e.problems());
        refused = true;
      } catch (IOException e) {
        throw CommandFailure.usage(LocalFiles.reason(e));
      }
    }
    return refused ? null : sources;
  }

  private static List<String> lines(int cases, List<Failed> failed) {
    List<String> lines = new ArrayList<>();
    for (Failed each : failed) {
      lines.add(Text.line(each.file() + ": " + each.failure().message()));
    }
    lines.add(Text.count(cases, "case") + ", " + failed.size() + " failed");
    return lines;
  }

  private Map<String, @Nullable Object> json(Policy policy, int cases, List<Failed> failed) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("file", file);
    json.put("id", policy.id());
    json.put("revision", policy.revision());
    json.put("cases", cases);
    json.put("failed", failed.size());
    json.put("failures", failed.stream().map(PolicyTestCommand::json).toList());
    return json;
  }

  private static Map<String, @Nullable Object> json(Failed failed) {
    PolicyCases.Failure failure = failed.failure();
    RuleId rule = failure.example().rule();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("file", failed.file());
    json.put("case", failure.example().name());
    json.put("expected", failure.example().expect().wireName());
    json.put("expected_rule", rule == null ? null : rule.value());
    json.put("verdict", failure.verdict().wireName());
    json.put("rules", failure.rules().stream().map(RuleId::value).toList());
    json.put("message", failure.message());
    return json;
  }
}
