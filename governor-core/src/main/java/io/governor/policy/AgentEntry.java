package io.governor.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tools some agents may use. Every entry that names an agent holds for it: its lists are put
 * together, and what is denied is denied whatever allows it. Immutable.
 *
 * @param agent the id of an agent, or a glob over ids
 * @param allow names or globs of tools; everything else is denied. Null means no such list
 * @param deny names or globs of tools
 */
public record AgentEntry(String agent, @Nullable List<String> allow, List<String> deny) {

  public AgentEntry {
    allow = allow == null ? null : List.copyOf(allow);
    deny = List.copyOf(deny);
    if (allow == null && deny.isEmpty()) {
      throw new IllegalArgumentException(
          "agent " + agent + ": expected a list of tools under allow or deny");
    }
  }
}
