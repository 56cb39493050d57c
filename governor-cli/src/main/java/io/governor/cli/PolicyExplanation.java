package io.governor.cli;

import io.governor.CallLimit;
import io.governor.Mode;
import io.governor.policy.AgentEntry;
import io.governor.policy.LoadedPolicy;
import io.governor.policy.Policy;
import io.governor.policy.PolicyRule;
import io.governor.policy.WorstCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A policy for people: what it looks at, whom it lets do what, and what it costs. Immutable. */
final class PolicyExplanation {

  private static final int WIDEST_NAME = 28;

  private final Terminal terminal;
  private final LoadedPolicy loaded;
  private final Policy policy;
  private final ToolReach reach;

  PolicyExplanation(Terminal terminal, LoadedPolicy loaded) {
    this.terminal = terminal;
    this.loaded = loaded;
    this.policy = loaded.policy();
    this.reach = new ToolReach(policy);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>(facts().lines());
    if (!policy.rules().isEmpty()) {
      lines.add("");
      lines.addAll(terminal.table(rules()));
    }
    paragraphs(lines, "WHICH RULES LOOK AT WHICH TOOL", tools());
    paragraphs(lines, "WHICH TOOLS AGENTS MAY USE", agents());
    paragraphs(lines, "WHAT RULES DO TO THE REST OF A SESSION", changes());
    paragraphs(lines, "WORST CASE OF ONE CALL", costs());
    paragraphs(lines, "MEMORY OF LIMITS", memory());
    paragraphs(lines, "REMARKS", remarks());
    return lines;
  }

  private Facts facts() {
    return new Facts()
        .add("Policy", policy.id() + " revision " + policy.revision())
        .add("Mode", policy.mode().wireName() + ", unless a rule says otherwise")
        .add("Hash", policy.hash())
        .add(
            "Holds",
            Text.count(policy.rules().size(), "rule")
                + ", "
                + Text.count(policy.cases().size(), "case"));
  }

  private Table rules() {
    Table table = Table.of("RULE", "EFFECT", "MODE", "~SERVES", "~TITLE");
    for (PolicyRule rule : policy.rules()) {
      table.row(
          rule.id(),
          rule.effect().wireName(),
          ToolReach.mode(policy, rule).wireName(),
          String.join(" ", rule.serves()),
          rule.title() == null ? "" : rule.title());
    }
    return table;
  }

  private List<Entry> tools() {
    List<Entry> entries = new ArrayList<>();
    List<String> everywhere = reach.everywhere();
    if (!everywhere.isEmpty()) {
      entries.add(new Entry("every tool", String.join(" ", everywhere)));
    }
    for (String glob : reach.globs()) {
      if (!reach.naming(glob).isEmpty()) {
        entries.add(new Entry(glob, String.join(" ", reach.naming(glob))));
      }
    }
    for (String tool : reach.tools()) {
      entries.add(new Entry(tool, besides(reach.at(tool))));
    }
    return entries;
  }

  /** The rules that look at a tool and not at every tool. */
  private static String besides(List<ToolReach.Look> looks) {
    List<String> ids =
        looks.stream()
            .filter(look -> !ToolReach.looksEverywhere(look.rule()))
            .map(look -> look.rule().id().value())
            .toList();
    return ids.isEmpty() ? "only rules for every tool" : String.join(" ", ids);
  }

  private List<Entry> agents() {
    List<Entry> entries = new ArrayList<>();
    for (AgentEntry entry : policy.agents()) {
      List<String> allow = entry.allow();
      String may = allow == null ? "all tools" : allow.isEmpty() ? "none" : String.join(" ", allow);
      String not = entry.deny().isEmpty() ? "" : "; never " + String.join(" ", entry.deny());
      entries.add(new Entry(entry.agent(), may + not));
    }
    return entries;
  }

  private List<Entry> changes() {
    List<Entry> entries = new ArrayList<>();
    for (PolicyRule rule : policy.rules()) {
      List<String> parts = new ArrayList<>();
      if (!rule.contract().isEmpty()) {
        parts.add("withdraws " + String.join(" ", rule.contract()));
      }
      if (rule.pause()) {
        parts.add("pauses it");
      }
      if (!parts.isEmpty()) {
        boolean acts = ToolReach.mode(policy, rule) == Mode.ENFORCE;
        entries.add(
            new Entry(
                rule.id().value(),
                String.join("; ", parts) + (acts ? "" : " (recorded only: it is not enforced)")));
      }
    }
    return entries;
  }

  /** Names in the margin and what is said of each. */
  private record Entry(String name, String text) {}

  private void paragraphs(List<String> lines, String title, List<Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    int widest = entries.stream().mapToInt(entry -> Text.width(entry.name())).max().orElse(0);
    int margin = Math.min(widest, WIDEST_NAME);
    lines.add("");
    lines.add(terminal.heading(title));
    for (Entry entry : entries) {
      String name = Text.shortened(Text.line(entry.name()), margin);
      lines.addAll(Paragraph.of(name, entry.text(), margin + 2));
    }
  }

  private List<Entry> costs() {
    return policy.rules().stream()
        .map(rule -> new Entry(rule.id().value(), cost(WorstCase.of(rule))))
        .toList();
  }

  private static String cost(WorstCase cost) {
    List<String> parts = new ArrayList<>();
    if (cost.patterns() > 0) {
      parts.add(
          Text.count(cost.patterns(), "pattern")
              + " over "
              + number(cost.characters())
              + " characters at most");
    }
    if (cost.paths() > 0) {
      parts.add(Text.count(cost.paths(), "path") + " followed");
    }
    if (cost.readsCommand()) {
      parts.add("the command read, once for all rules");
    }
    if (cost.commandPaths()) {
      parts.add("its paths followed");
    }
    if (cost.detects()) {
      parts.add("detectors, once for all rules");
    }
    return parts.isEmpty() ? "comparisons only" : String.join("; ", parts);
  }

  private List<Entry> memory() {
    List<Entry> entries = new ArrayList<>();
    for (PolicyRule rule : policy.rules()) {
      CallLimit limit = rule.limit();
      if (limit != null) {
        entries.add(
            new Entry(
                rule.id().value(),
                Text.count(limit.calls(), "call")
                    + " within "
                    + limit.within()
                    + " per "
                    + limit.per().name().toLowerCase(Locale.ROOT)
                    + ": "
                    + number(limit.bytesPerWindow())
                    + " bytes each, on disk "
                    + number(limit.bytesOnDisk())));
      }
    }
    if (!entries.isEmpty()) {
      entries.add(
          new Entry(
              "together",
              number(CallLimit.MOST_REMEMBERED)
                  + " calls at most, 8 bytes each, in "
                  + number(CallLimit.MOST_WINDOWS)
                  + " windows; those used least recently are forgotten first"));
    }
    return entries;
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private List<Entry> remarks() {
    return PolicyRemarks.of(loaded).stream()
        .map(remark -> new Entry(remark.about(), remark.message()))
        .toList();
  }
}
