package io.governor.policy;

import io.governor.CallHint;
import io.governor.Operation;
import io.governor.ResultHint;
import io.governor.ToolTraits;
import io.governor.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the entries of {@code tools} and {@code agents}. Stateless. */
final class EntryReading {

  private static final Map<String, Operation> OPERATIONS = KnownNames.names(Operation.values());
  private static final Map<String, String> SOURCES =
      KnownNames.words("explicit", "vendor", "unclassified");
  private static final String TOOLS = "the name of a tool, a glob, or a list of them";

  @Nullable ToolEntry tool(Located entry) {
    Fields fields = entry.fields(Section.TOOLS);
    if (fields == null) {
      return null;
    }
    List<String> names = names(fields);
    ToolTraits traits =
        new ToolTraits(
            fields.word("operation", OPERATIONS),
            fields.text("target", "the name of a system", PolicyBounds.NAME),
            fields.flag("persistent"),
            fields.read("memory", EntryReading::memory, CallHint.NONE),
            fields.read("result", EntryReading::result, ResultHint.NONE));
    if (fields.keys().size() < 2) {
      entry.refuse("expected operation, target, persistent, result or memory beside tool");
    }
    return names.isEmpty() ? null : new ToolEntry(names, traits);
  }

  private static List<String> names(Fields fields) {
    Located tool = fields.required("tool", TOOLS);
    return tool == null ? List.of() : Globs.read(tool, TOOLS, PolicyBounds.LIST);
  }

  private static @Nullable CallHint memory(Located value) {
    Fields fields = value.fields(Section.MEMORY);
    return fields == null
        ? null
        : new CallHint(
            fields.text("classification", "a class", PolicyBounds.NAME),
            fields.text("retention", "a period such as P30D", 64));
  }

  private static @Nullable ResultHint result(Located value) {
    Fields fields = value.fields(Section.RESULT);
    return fields == null
        ? null
        : new ResultHint(
            fields.read("classifications", EntryReading::words),
            fields.word("source", SOURCES),
            fields.read("provenance", EntryReading::words),
            fields.read("retention_flags", EntryReading::words),
            fields.text("authorization", "a text", PolicyBounds.NAME),
            null);
  }

  /** A list that may be empty: none, on purpose. */
  private static @Nullable List<String> words(Located value) {
    List<Located> items = value.items("a list of texts", PolicyBounds.LIST);
    if (items == null) {
      return null;
    }
    List<String> words = new ArrayList<>();
    for (Located item : items) {
      String word = item.text("a text", PolicyBounds.NAME);
      if (word != null) {
        words.add(word);
      }
    }
    return words;
  }

  @Nullable AgentEntry agent(Located entry) {
    Fields fields = entry.fields(Section.AGENT);
    if (fields == null) {
      return null;
    }
    Located name = fields.required("agent", "the id of an agent or a glob");
    String agent = name == null ? null : Globs.readOne(name, "the id of an agent or a glob");
    List<String> allow = fields.read("allow", EntryReading::tools);
    List<String> deny = fields.read("deny", EntryReading::tools, List.of());
    if (!fields.has("allow") && !fields.has("deny")) {
      entry.refuse("expected a list of tools under allow or deny");
      return null;
    }
    if (!fields.has("allow") && isEmpty(fields.get("deny"))) {
      fields.refuseKey("deny", "expected at least one tool where there is no allow");
    }
    return agent == null || (allow == null && deny.isEmpty())
        ? null
        : new AgentEntry(agent, allow, deny);
  }

  private static boolean isEmpty(@Nullable Located value) {
    return value != null
        && value.node() instanceof YamlNode.Sequence list
        && list.items().isEmpty();
  }

  /** A list that may be empty: an agent may be allowed nothing. */
  private static @Nullable List<String> tools(Located value) {
    List<Located> items = value.items("a list of tools", PolicyBounds.AGENT_TOOLS);
    if (items == null) {
      return null;
    }
    List<String> tools = new ArrayList<>();
    for (Located item : items) {
      String tool = Globs.readOne(item, "the name of a tool or a glob");
      if (tool != null) {
        tools.add(tool);
      }
    }
    return tools;
  }
}
