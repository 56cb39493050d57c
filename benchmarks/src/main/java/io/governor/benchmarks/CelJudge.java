package io.governor.benchmarks;

import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.governor.policy.Policy;
import io.governor.policy.PolicyRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * CEL as a host would use it: one checked and planned program per rule, all of them evaluated, over
 * variables that are there already.
 */
final class CelJudge implements Judge.Naming<Map<String, Object>> {

  private final List<Program> programs = new ArrayList<>();

  private record Program(String id, CelRuntime.Program program) {

    boolean holds(Map<String, Object> variables) {
      try {
        return (Boolean) program.eval(variables);
      } catch (CelEvaluationException e) {
        throw new IllegalStateException("rule " + id + ": expected a verdict", e);
      }
    }
  }

  CelJudge(Policy policy) {
    CelCompiler compiler =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardMacros(CelStandardMacro.HAS)
            .addVar("tool", SimpleType.STRING)
            .addVar("args", MapType.create(SimpleType.STRING, SimpleType.DYN))
            .setResultType(SimpleType.BOOL)
            .build();
    CelRuntime runtime = CelRuntimeFactory.plannerRuntimeBuilder().build();
    for (PolicyRule rule : policy.rules()) {
      programs.add(program(rule, compiler, runtime));
    }
  }

  private static Program program(PolicyRule rule, CelCompiler compiler, CelRuntime runtime) {
    String tool = scope(rule.tools().get(0));
    String text = (tool.isEmpty() ? "" : tool + " && ") + new Texts().condition(rule);
    try {
      return new Program(rule.id().value(), runtime.createProgram(compiler.compile(text).getAst()));
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalStateException("rule " + rule.id() + ": expected valid CEL: " + text, e);
    }
  }

  private static String scope(String tool) {
    if (tool.equals("*")) {
      return "";
    }
    return tool.endsWith("*")
        ? "tool.startsWith(" + RuleTexts.quoted(tool.substring(0, tool.length() - 1)) + ")"
        : "tool == " + RuleTexts.quoted(tool);
  }

  @Override
  public Map<String, Object> request(GeneratedCall call) {
    return Map.of("tool", call.tool(), "args", call.arguments());
  }

  @Override
  public boolean refuses(Map<String, Object> variables) {
    int matching = 0;
    for (Program program : programs) {
      if (program.holds(variables)) {
        matching++;
      }
    }
    return matching > 0;
  }

  @Override
  public SortedSet<String> matching(Map<String, Object> variables) {
    SortedSet<String> ids = new TreeSet<>();
    for (Program program : programs) {
      if (program.holds(variables)) {
        ids.add(program.id());
      }
    }
    return ids;
  }

  private static final class Texts extends RuleTexts {
    @Override
    String root() {
      return "args";
    }

    @Override
    String present(String place, String name) {
      return "has(" + place + "." + name + ")";
    }

    @Override
    String startsWith(String place, String prefix) {
      return place + ".startsWith(" + quoted(prefix) + ")";
    }

    @Override
    String contains(String place, String part) {
      return place + ".contains(" + quoted(part) + ")";
    }
  }
}
