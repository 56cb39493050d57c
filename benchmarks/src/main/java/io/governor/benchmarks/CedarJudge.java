package io.governor.benchmarks;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationSuccessResponse;
import com.cedarpolicy.model.entity.Entities;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.CedarMap;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.PrimLong;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import io.governor.policy.Policy;
import io.governor.policy.PolicyRule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Cedar through its Java binding: one forbidding policy per rule, all of them parsed once and kept
 * on the native side; tools are resources in the hierarchy of their namespaces, arguments are the
 * context. Requests are made before anything is measured; what crosses to the native side with each
 * question is the binding's own affair.
 */
final class CedarJudge implements Judge.Naming<CedarJudge.Request> {

  private static final String ALLOW = "GEN-allow";
  private static final EntityTypeName TOOL = type("Tool");
  private static final EntityTypeName NAMESPACE = type("Namespace");
  private static final EntityUID AGENT = type("Agent").of("bot");
  private static final EntityUID CALL = type("Action").of("call");

  private final BasicAuthorizationEngine engine;
  private final PolicySet policies;

  record Request(AuthorizationRequest question, Entities tools) {}

  /**
   * @throws IllegalStateException if the native library does not run here
   */
  CedarJudge(Policy policy) {
    Set<com.cedarpolicy.model.policy.Policy> all = new HashSet<>();
    all.add(policy("permit(principal, action, resource);", ALLOW));
    for (PolicyRule rule : policy.rules()) {
      all.add(policy(text(rule), rule.id().value()));
    }
    try {
      engine = new BasicAuthorizationEngine();
      policies = new PolicySet(all);
      policies.cache();
    } catch (LinkageError e) {
      throw new IllegalStateException(
          "cedar-java is left out: its native library does not run here", e);
    } catch (CacheException e) {
      throw new IllegalStateException("cedar-java: expected policies that it can keep", e);
    }
  }

  private static com.cedarpolicy.model.policy.Policy policy(String text, String id) {
    return new com.cedarpolicy.model.policy.Policy(text, id);
  }

  private static String text(PolicyRule rule) {
    return "forbid(principal, action, "
        + scope(rule.tools().get(0))
        + ") when { "
        + new Texts().condition(rule)
        + " };";
  }

  private static String scope(String tool) {
    if (tool.equals("*")) {
      return "resource";
    }
    return tool.endsWith(".*")
        ? "resource in Namespace::" + RuleTexts.quoted(tool.substring(0, tool.length() - 2))
        : "resource == Tool::" + RuleTexts.quoted(tool);
  }

  private static EntityTypeName type(String name) {
    return EntityTypeName.parse(name).orElseThrow();
  }

  @Override
  public Request request(GeneratedCall call) {
    EntityUID tool = TOOL.of(call.tool());
    EntityUID namespace = NAMESPACE.of(call.tool().substring(0, call.tool().indexOf('.')));
    return new Request(
        new AuthorizationRequest(AGENT, CALL, tool, members(call.arguments())),
        new Entities(Set.of(new Entity(tool, Set.of(namespace)))));
  }

  private static Map<String, Value> members(Map<?, ?> members) {
    Map<String, Value> values = new HashMap<>();
    members.forEach((name, value) -> values.put((String) name, value(value)));
    return values;
  }

  private static Value value(Object value) {
    if (value instanceof Long number) {
      return new PrimLong(number);
    }
    if (value instanceof List<?> items) {
      return new CedarList(items.stream().map(CedarJudge::value).toList());
    }
    return value instanceof Map<?, ?> members
        ? new CedarMap(members(members))
        : new PrimString((String) value);
  }

  @Override
  public boolean refuses(Request request) {
    return !ask(request).isAllowed();
  }

  @Override
  public SortedSet<String> matching(Request request) {
    SortedSet<String> ids = new TreeSet<>(ask(request).getReason());
    ids.remove(ALLOW);
    return ids;
  }

  private AuthorizationSuccessResponse ask(Request request) {
    try {
      return engine
          .isAuthorized(request.question(), policies, request.tools())
          .success
          .orElseThrow(() -> new IllegalStateException("cedar-java: expected an answer"));
    } catch (AuthException e) {
      throw new IllegalStateException("cedar-java: expected an answer", e);
    }
  }

  private static final class Texts extends RuleTexts {
    @Override
    String root() {
      return "context";
    }

    @Override
    String present(String place, String name) {
      return place + " has " + name;
    }

    @Override
    String startsWith(String place, String prefix) {
      return place + " like " + like("", prefix);
    }

    @Override
    String contains(String place, String part) {
      return place + " like " + like("*", part);
    }

    private static String like(String before, String text) {
      String quoted = quoted(text);
      return '"' + before + quoted.substring(1, quoted.length() - 1) + "*\"";
    }
  }
}
