package io.governor.hooks.install;

import io.governor.hooks.install.JsonText.Arr;
import io.governor.hooks.install.JsonText.Node;
import io.governor.hooks.install.JsonText.Obj;
import java.util.List;
import java.util.Map;

/**
 * How an agent's file holds its hooks.
 *
 * @param path where the events are: {@code hooks}, or nowhere for the document itself
 * @param isGroup whether hooks stand in groups, {@code {matcher?, hooks: [...]}}, rather than alone
 * @param commandKey the name of the member that holds the command
 */
record HookShape(List<String> path, boolean isGroup, String commandKey) {

  /** As Claude Code has it. */
  static final HookShape GROUPS = new HookShape(List.of("hooks"), true, "command");

  /** The same, with the events at the top. */
  static final HookShape GROUPS_ALONE = new HookShape(List.of(), true, "command");

  /** Hooks without groups. */
  static final HookShape LIST = new HookShape(List.of("hooks"), false, "command");

  HookShape {
    path = List.copyOf(path);
  }

  /** The entry of an event for one hook. */
  Map<String, Object> entry(Map<String, Object> hook) {
    return isGroup ? Map.of("hooks", List.of(hook)) : hook;
  }

  /** The hooks of an entry. */
  List<Node> hooks(Obj entry) {
    if (!isGroup) {
      return List.of(entry);
    }
    return entry.get("hooks") instanceof Arr hooks ? hooks.items() : List.of();
  }

  Node hook(Obj entry, int index) {
    return hooks(entry).get(index);
  }

  /** Whether a group is for every tool. */
  boolean isSeenByAll(JsonText document, Obj entry) {
    Node matcher = isGroup ? entry.get("matcher") : null;
    if (matcher == null) {
      return true;
    }
    String text = document.string(matcher);
    return text != null && (text.isEmpty() || text.equals("*") || text.equals(".*"));
  }
}
