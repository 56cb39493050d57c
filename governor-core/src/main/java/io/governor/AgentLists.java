package io.governor;

import io.governor.pattern.Glob;
import io.governor.policy.AgentEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which tools agents may use. A name that only looks like another one is nobody's: an allow entry
 * matches it only where it is written out, a deny entry also where case, blanks, invisible and
 * compatible characters alone make the difference. Safe for use by several threads.
 */
final class AgentLists {

  private static final int CACHE_LIMIT = 1024;

  private final List<AgentEntry> entries;
  private final List<Glob> agents;
  private final Map<String, Lists> cache = new ConcurrentHashMap<>();

  /** What holds for one agent; allowed is null where no entry has such a list. */
  private record Lists(@Nullable List<Glob> allowed, FoldedGlobs denied) {}

  /**
   * @throws IllegalArgumentException if a glob is malformed
   */
  AgentLists(List<AgentEntry> entries) {
    this.entries = List.copyOf(entries);
    this.agents = entries.stream().map(entry -> Glob.of(entry.agent())).toList();
    for (AgentEntry entry : entries) {
      FoldedGlobs.globs(entry.deny());
      FoldedGlobs.globs(entry.allow() == null ? List.of() : entry.allow());
    }
  }

  /** Why the agent may not use the tool, or null when it may. */
  @Nullable RuleId refusal(String agent, String tool) {
    if (entries.isEmpty()) {
      return null;
    }
    Lists lists = lists(agent);
    if (lists.denied.matches(tool)) {
      return GovernorRules.DENIED;
    }
    return lists.allowed == null || allows(lists.allowed, tool) ? null : GovernorRules.NOT_ALLOWED;
  }

  private Lists lists(String agent) {
    Lists lists = cache.get(agent);
    if (lists == null) {
      lists = collect(agent);
      if (cache.size() < CACHE_LIMIT) {
        cache.put(agent, lists);
      }
    }
    return lists;
  }

  private Lists collect(String agent) {
    List<String> allowed = null;
    List<String> denied = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      if (agents.get(i).matches(agent)) {
        AgentEntry entry = entries.get(i);
        denied.addAll(entry.deny());
        if (entry.allow() != null) {
          allowed = allowed == null ? new ArrayList<>() : allowed;
          allowed.addAll(entry.allow());
        }
      }
    }
    return new Lists(allowed == null ? null : FoldedGlobs.globs(allowed), new FoldedGlobs(denied));
  }

  private static boolean allows(List<Glob> allowed, String tool) {
    boolean plain = FoldedGlobs.isPlain(tool);
    for (Glob glob : allowed) {
      if ((plain || glob.isExact()) && glob.matches(tool)) {
        return true;
      }
    }
    return false;
  }
}
