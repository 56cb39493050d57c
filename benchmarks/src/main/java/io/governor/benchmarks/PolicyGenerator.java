package io.governor.benchmarks;

import static io.governor.policy.Conditions.all;
import static io.governor.policy.Conditions.arg;

import io.governor.Mode;
import io.governor.policy.Condition;
import io.governor.policy.Policy;
import io.governor.policy.PolicyRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * Writes the policies that Governor and its peers are measured with. The same seed gives the same
 * policies. Not safe for use by several threads; what it makes is.
 *
 * <p>The <i>mixed</i> set is over 50 tools in 10 namespaces. Of 20 rules, 16 name one tool, 3 a
 * namespace ({@code crm.*}) and 1 any tool. Their conditions are in equal parts an equality with
 * one of 100,000 customers, the beginning of a path below one of 100,000 projects, a reference
 * contained in a query, and a number above or below a bound that ordinary calls do not pass; every
 * fifth rule wants one of six regions besides. The <i>exact</i> set has only rules that name one
 * tool. A call of {@link PolicyCalls} matches none of them, unless it is aimed at one.
 */
public final class PolicyGenerator {

  static final List<String> NAMESPACES =
      List.of(
          "crm",
          "mail",
          "files",
          "billing",
          "calendar",
          "search",
          "tickets",
          "deploy",
          "chat",
          "reports");
  static final List<String> VERBS = List.of("lookup", "list", "create", "update", "export");
  static final List<String> REGIONS = List.of("eu", "us", "apac", "latam", "mea", "uk");

  /** Amounts of ordinary calls are below, balances above its negative. */
  static final int ORDINARY = 10_000;

  /** Customers, projects and references there are. */
  static final int MANY = 100_000;

  private static final int RULES_THAT_APPLY = 50;

  private final SplittableRandom random;

  /** Starts the series of policies that belongs to the seed. */
  public PolicyGenerator(long seed) {
    random = new SplittableRandom(seed);
  }

  /** A policy of so many rules that deny: 80 % of one tool, 15 % of a namespace, 5 % of any. */
  public Policy mixed(int rules) {
    return policy("mixed", rules, index -> scope(index % 20));
  }

  /** A policy of so many rules that deny, each of one tool. */
  public Policy exact(int rules) {
    return policy("exact", rules, index -> tool());
  }

  /**
   * A policy of 50 rules about the one tool of {@link PolicyCalls#applying}, by its name, its
   * namespace or as any tool, nearly all of which its calls match.
   */
  public static Policy applying() {
    List<PolicyRule> rules = new ArrayList<>(RULES_THAT_APPLY);
    for (int i = 0; i < RULES_THAT_APPLY; i++) {
      String scope = i % 20 < 16 ? PolicyCalls.APPLYING_TOOL : i % 20 < 19 ? "crm.*" : "*";
      rules.add(PolicyRule.named(id(i)).tools(scope).when(applying(i)).deny());
    }
    return named("applying", rules);
  }

  private static Condition applying(int index) {
    int turn = index / 5;
    return switch (index % 5) {
      case 0 -> all(arg("/filter/status").isEqualTo("open"), arg("/amount").greaterThan(turn));
      case 1 -> arg("/path").startsWith("/data/project-".substring(0, 5 + turn));
      case 2 -> arg("/query").contains("reference ".substring(0, 10 - turn / 2) + turnWord(turn));
      case 3 -> arg("/amount").greaterThan(100L * turn);
      default -> arg("/balance").lessThan(100_000L + turn);
    };
  }

  /** Every other of them is in the calls' queries. */
  private static String turnWord(int turn) {
    return turn % 2 == 0 ? "" : "missing" + turn;
  }

  private Policy policy(String kind, int size, IntFunction<String> scopes) {
    List<PolicyRule> rules = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      rules.add(PolicyRule.named(id(i)).tools(scopes.apply(i)).when(condition(i)).deny());
    }
    return named(kind + "-" + size, rules);
  }

  private static Policy named(String id, List<PolicyRule> rules) {
    var policy = Policy.named(id).mode(Mode.ENFORCE);
    rules.forEach(policy::rule);
    return policy.build();
  }

  private static String id(int index) {
    return String.format(Locale.ROOT, "GEN-%06d", index);
  }

  private String scope(int twentieth) {
    if (twentieth < 16) {
      return tool();
    }
    return twentieth < 19 ? one(NAMESPACES) + ".*" : "*";
  }

  private String tool() {
    return one(NAMESPACES) + "." + one(VERBS);
  }

  private Condition condition(int index) {
    Condition first =
        switch (random.nextInt(8)) {
          case 0, 1 -> arg("/customer").isEqualTo(customer(random.nextInt(MANY)));
          case 2, 3 -> arg("/path").startsWith(project(random.nextInt(MANY)));
          case 4, 5 -> arg("/query").contains(reference(random.nextInt(MANY)));
          case 6 -> arg("/amount").greaterThan(random.nextInt(ORDINARY, 100 * ORDINARY));
          default -> arg("/balance").lessThan(-random.nextInt(ORDINARY, 100 * ORDINARY));
        };
    return index % 5 == 4 ? all(first, arg("/filter/region").isEqualTo(one(REGIONS))) : first;
  }

  private String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  static String customer(int number) {
    return "c-" + number;
  }

  static String project(int number) {
    return "/data/project-" + number + "/";
  }

  static String reference(int number) {
    return "ref-" + number + ";";
  }
}
