package io.governor.shell;

import io.governor.event.OperationClassification.Effect;
import java.util.List;
import java.util.Set;

/** The paragraph "Cloud" of the execution record, section 8.3, without {@code aws}. */
final class CloudCommands {
  private static final String DOMAIN = "cloud_infrastructure";

  /** gcloud and az: the verb alone, or with a hyphen and more after it. */
  private static final EffectTable VERBS =
      EffectTable.of(
          DOMAIN,
          """
          read F    | list describe get show
          create F  | create deploy import
          modify F  | update set start stop restart resize scale add
          delete T  | delete remove purge
          execute N | ssh run run-command
          """);

  /** Whatever follows {@code rollout} does the same, so the sub-command ends there. */
  private static final EffectTable KUBECTL =
      EffectTable.of(
          DOMAIN,
          """
          read F    | get describe logs top explain diff api-resources version config+view auth+can-i
          create F  | create run expose
          modify F  | patch set scale label annotate edit cordon uncordon taint cp rollout
          modify T  | drain
          delete T  | delete
          execute N | exec attach port-forward
          depends   | apply replace
          """);

  private static final EffectTable TERRAFORM =
      EffectTable.of(
          DOMAIN,
          """
          read F                   | plan show validate output providers graph
          read F                   | state+list state+show workspace+list workspace+show
          create F                 | workspace+new
          modify F                 | workspace+select import refresh untaint
          modify T                 | state+mv taint
          delete T                 | state+rm destroy
          network/read F, modify F | init
          filesystem/modify F      | fmt
          depends                  | apply
          """);

  private static final EffectTable HELM =
      EffectTable.of(
          DOMAIN,
          """
          read F                            | list status get show template lint history search
          create F                          | install
          modify N                          | upgrade
          modify T                          | rollback
          delete T                          | uninstall delete
          network/read F, packages/modify F | repo+add repo+update
          """);

  private static final EffectTable PULUMI =
      EffectTable.of(
          DOMAIN,
          """
          read F   | preview stack+ls stack+output config+get
          create F | stack+init
          modify F | refresh import config+set
          modify N | up
          delete T | destroy stack+rm
          """);

  private static final Set<String> KUBECTL_OPTIONS_WITH_VALUE =
      Set.of(
          "-n",
          "--namespace",
          "--context",
          "--kubeconfig",
          "--cluster",
          "--user",
          "-s",
          "--server");

  private static final List<Effect> MAY_DESTROY = Effects.of(DOMAIN, "modify N");
  private static final List<Effect> OVERWRITE = Effects.of(DOMAIN, "modify T");
  private static final List<Effect> DELETE = Effects.of(DOMAIN, "delete T");

  private CloudCommands() {}

  static Outcome verbLast(Arguments arguments) {
    List<String> names = arguments.namesBeforeOptions();
    for (int i = names.size() - 1; i >= 0; i--) {
      String verb = verb(names.get(i));
      if (VERBS.lists(verb)) {
        return VERBS.outcome(names.subList(0, i + 1), VERBS.effects(verb));
      }
    }
    // Without a verb nobody can say where arguments begin, so only the first word is kept.
    return VERBS.outcome(names.stream().limit(1).toList(), null);
  }

  /** A verb as the table has it. */
  private static String verb(String name) {
    int hyphen = name.indexOf('-');
    return hyphen < 0 ? name : name.substring(0, hyphen);
  }

  static Outcome kubectl(Arguments arguments) {
    List<String> subcommand = KUBECTL.subcommand(arguments.names(KUBECTL_OPTIONS_WITH_VALUE));
    return switch (String.join(" ", subcommand)) {
      case "apply" ->
          KUBECTL.outcome(
              subcommand, arguments.has("--prune", "--force") ? OVERWRITE : MAY_DESTROY);
      case "replace" ->
          KUBECTL.outcome(subcommand, arguments.has("--force") ? OVERWRITE : MAY_DESTROY);
      default -> KUBECTL.outcome(subcommand);
    };
  }

  static Outcome helm(Arguments arguments) {
    return HELM.outcome(HELM.subcommand(arguments.names()));
  }

  static Outcome pulumi(Arguments arguments) {
    return PULUMI.outcome(PULUMI.subcommand(arguments.names()));
  }

  static Outcome terraform(Arguments arguments) {
    List<String> subcommand = TERRAFORM.subcommand(arguments.names());
    if (subcommand.equals(List.of("apply"))) {
      return TERRAFORM.outcome(subcommand, arguments.has("-destroy") ? DELETE : MAY_DESTROY);
    }
    return TERRAFORM.outcome(subcommand);
  }
}
