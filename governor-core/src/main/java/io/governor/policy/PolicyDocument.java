package io.governor.policy;

import io.governor.CallHint;
import io.governor.CallLimit;
import io.governor.Operation;
import io.governor.Origin;
import io.governor.ResultHint;
import io.governor.Rule;
import io.governor.ToolTraits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the document of a policy: mappings, lists and plain values in the order in which documents
 * are written. What has its default is left out, so equal policies make equal documents. Stateless.
 */
final class PolicyDocument {

  private PolicyDocument() {}

  static Map<String, @Nullable Object> of(Policy policy) {
    Tree tree = new Tree();
    tree.put("governor", (long) Policy.FORMAT);
    tree.put("id", policy.id());
    tree.put("revision", policy.revision());
    tree.put("mode", policy.mode().wireName());
    Tree standard = new Tree();
    policy.standard().forEach((id, setting) -> standard.put(id.value(), setting(setting)));
    tree.putUnlessEmpty("standard", standard.members());
    tree.putUnlessEmpty("tools", list(policy.tools(), PolicyDocument::tool));
    if (policy.requireTrace()) {
      tree.put("require_trace", true);
    }
    if (policy.hide()) {
      tree.put("hide", true);
    }
    tree.putUnlessEmpty("agents", list(policy.agents(), PolicyDocument::agent));
    tree.putUnlessEmpty("rules", list(policy.rules(), PolicyDocument::rule));
    Risk risk = policy.risk();
    tree.putUnlessNull("risk", risk == null ? null : risk(risk));
    tree.putUnlessEmpty("cases", list(policy.cases(), PolicyDocument::example));
    return tree.members();
  }

  private static <T> List<@Nullable Object> list(
      List<T> items, Function<T, Map<String, @Nullable Object>> of) {
    List<@Nullable Object> list = new ArrayList<>(items.size());
    items.forEach(item -> list.add(of.apply(item)));
    return list;
  }

  private static Map<String, @Nullable Object> setting(StandardSetting setting) {
    Tree tree = new Tree();
    tree.putUnlessNull("mode", setting.mode() == null ? null : setting.mode().wireName());
    tree.putUnlessNull("effect", setting.effect() == null ? null : setting.effect().wireName());
    return tree.members();
  }

  private static Map<String, @Nullable Object> tool(ToolEntry entry) {
    ToolTraits traits = entry.traits();
    Tree tree = new Tree();
    tree.putNames("tool", entry.tools());
    Operation operation = traits.operation();
    tree.putUnlessNull("operation", operation == null ? null : operation.name());
    tree.putUnlessNull("target", traits.target());
    tree.putUnlessNull("persistent", traits.persistent());
    if (!traits.result().equals(ResultHint.NONE)) {
      tree.put("result", result(traits.result()));
    }
    if (!traits.call().equals(CallHint.NONE)) {
      tree.put("memory", memory(traits.call()));
    }
    return tree.members();
  }

  private static Map<String, @Nullable Object> result(ResultHint hint) {
    if (hint.usage() != null) {
      throw new IllegalArgumentException(
          "tools: expected no token usage: it belongs to one call, not to a tool");
    }
    Tree tree = new Tree();
    tree.putUnlessNull("classifications", hint.classifications());
    tree.putUnlessNull("source", hint.source());
    tree.putUnlessNull("provenance", hint.provenance());
    tree.putUnlessNull("retention_flags", hint.retentionFlags());
    tree.putUnlessNull("authorization", hint.authorization());
    return tree.members();
  }

  private static Map<String, @Nullable Object> memory(CallHint hint) {
    Tree tree = new Tree();
    tree.putUnlessNull("classification", hint.writeClassification());
    tree.putUnlessNull("retention", hint.retention());
    return tree.members();
  }

  private static Map<String, @Nullable Object> agent(AgentEntry entry) {
    Tree tree = new Tree();
    tree.put("agent", entry.agent());
    tree.putUnlessNull("allow", entry.allow());
    tree.putUnlessEmpty("deny", entry.deny());
    return tree.members();
  }

  private static Map<String, @Nullable Object> rule(PolicyRule rule) {
    Tree tree = new Tree();
    tree.put("id", rule.id().value());
    tree.putUnlessNull("title", rule.title());
    tree.putUnlessEmpty("serves", rule.serves());
    tree.putNames("tool", rule.tools());
    Condition when = rule.when();
    tree.putUnlessNull("when", when == null ? null : ConditionDocument.of(when));
    CallLimit limit = rule.limit();
    tree.putUnlessNull("limit", limit == null ? null : limit(limit));
    tree.put("effect", rule.effect().wireName());
    tree.putUnlessNull("mode", rule.mode() == null ? null : rule.mode().wireName());
    if (rule.onError() != Rule.OnError.DENY) {
      tree.put("on_error", rule.onError().name().toLowerCase(Locale.ROOT));
    }
    if (!rule.contract().isEmpty()) {
      tree.putNames("contract", rule.contract());
    }
    if (rule.pause()) {
      tree.put("pause", true);
    }
    tree.putUnlessNull("reason", rule.reason());
    tree.putUnlessNull("suggest", rule.suggestion());
    return tree.members();
  }

  private static Map<String, @Nullable Object> limit(CallLimit limit) {
    Tree tree = new Tree();
    tree.put("calls", (long) limit.calls());
    tree.put("within", limit.within().toString());
    tree.put("per", limit.per().name().toLowerCase(Locale.ROOT));
    return tree.members();
  }

  private static Map<String, @Nullable Object> risk(Risk risk) {
    Tree tree = new Tree();
    tree.putUnlessNull("warn_at", whole(risk.warnAt()));
    tree.putUnlessNull("deny_at", whole(risk.denyAt()));
    Tree weights = new Tree();
    risk.weights().forEach((signal, points) -> weights.put(signal.wireName(), whole(points)));
    tree.put("weights", weights.members());
    return tree.members();
  }

  private static @Nullable Long whole(@Nullable Integer number) {
    return number == null ? null : (Long) number.longValue();
  }

  private static Map<String, @Nullable Object> example(PolicyCase example) {
    Tree tree = new Tree();
    tree.put("name", example.name());
    tree.putUnlessNull("agent", example.agent());
    Tree call = new Tree();
    call.put("tool", example.tool());
    if (!example.arguments().isEmpty()) {
      call.put("arguments", example.arguments());
    }
    if (example.origin() != Origin.API) {
      call.put("origin", example.origin().wireName());
    }
    tree.put("call", call.members());
    tree.putUnlessNull("workspace", example.workspace());
    tree.putUnlessNull("time", example.time() == null ? null : example.time().toString());
    if (example.repeat() != 1) {
      tree.put("repeat", (long) example.repeat());
    }
    tree.putUnlessNull("result", example.result());
    tree.put("expect", example.expect().wireName());
    tree.putUnlessNull("rule", example.rule() == null ? null : example.rule().value());
    return tree.members();
  }
}
