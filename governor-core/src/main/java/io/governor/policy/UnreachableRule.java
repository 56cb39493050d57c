package io.governor.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds rules that match no call. Stateless. */
final class UnreachableRule {

  private UnreachableRule() {}

  /** Why no call of these tools satisfies the condition, or null where one may. */
  static @Nullable String reason(List<String> tools, Condition when, Effort effort) {
    NormalForm form = NormalForm.of(when, effort);
    if (form.alternatives().isEmpty()) {
      return form.obstacle();
    }
    boolean onAServer = false;
    for (String tool : tools) {
      for (List<Literal> together : form.alternatives()) {
        boolean there = ServerNames.mayBe(tool, together, effort);
        if (there && McpMethods.mayBe(tool, together)) {
          return null;
        }
        onAServer |= there;
      }
    }
    return "none of its tools has a name mcp__server__tool that satisfies its conditions on "
        + (onAServer ? "method" : "server");
  }
}
