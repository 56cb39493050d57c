package io.governor.mcp.pin;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A tool that is not what was pinned. Immutable.
 *
 * @param tool its name, the server's text
 * @param state how it stands to its pin; never {@code SAME}
 * @param renamedFrom the pinned tool that it probably was, or null
 * @param differences what differs, what widens first; empty for tools that came or went
 * @param findings what somebody should read before accepting it: all of a new tool's, and of a
 *     changed one's those that it did not have when it was pinned
 */
public record ToolChange(
    String tool,
    ToolPin.State state,
    @Nullable String renamedFrom,
    List<Difference> differences,
    List<ToolFinding> findings) {

  public ToolChange {
    differences = List.copyOf(differences);
    findings = List.copyOf(findings);
  }

  static ToolChange of(ToolPin pin, @Nullable String renamedFrom) {
    return new ToolChange(pin.name(), pin.state(), renamedFrom, differences(pin), findings(pin));
  }

  /** Whether the tool takes, asks for or claims more than what was pinned. */
  public boolean widens() {
    return !findings.isEmpty() || differences.stream().anyMatch(Difference::widens);
  }

  private static List<Difference> differences(ToolPin pin) {
    ToolDefinition pinned = pin.pinned();
    ToolDefinition seen = pin.seen();
    return pinned == null || seen == null || pinned.same(seen)
        ? List.of()
        : Differences.between(pinned, seen);
  }

  private static List<ToolFinding> findings(ToolPin pin) {
    ToolDefinition seen = pin.seen();
    if (seen == null) {
      return List.of();
    }
    List<ToolFinding> found = new ArrayList<>(HiddenOrders.in(pin.name(), seen));
    if (pin.pinned() != null) {
      Set<ToolFinding> before = new HashSet<>(HiddenOrders.in(pin.name(), pin.pinned()));
      found.removeIf(before::contains);
    }
    return found;
  }

  @Override
  public String toString() {
    return "ToolChange[" + state + ", " + differences.size() + " differences]";
  }
}
