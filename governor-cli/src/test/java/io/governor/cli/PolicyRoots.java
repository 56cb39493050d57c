package io.governor.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** State roots with policies in them, to try, explain and break. */
final class PolicyRoots {

  private PolicyRoots() {}

  /** A policy that does what it says, with something in every part of it, and further cases. */
  static void cases(Path root) throws IOException {
    Files.createDirectories(root);
    Files.writeString(
        root.resolve("policy.yaml"),
        """
        governor: 1
        id: acme-support
        revision: 7
        mode: enforce
        agents:
          - {agent: support-*, allow: ["crm.*", mail.send], deny: ["crm.delete*"]}
          - {agent: audit, deny: [mail.send]}
        rules:
          - {id: ACME-101, title: Mail goes to our own people, tool: mail.send, serves: ASI02,
             when: {not: {arg: /to, matches: '@acme\\.com$'}}, effect: deny}
          - {id: ACME-102, title: No secrets, tool: "*", when: {detect: secret}, effect: redact}
          - {id: ACME-103, tool: refund.create, limit: {calls: 3, within: PT1H}, effect: ask}
          - {id: ACME-104, tool: [Bash, "mcp__shell__*"], when: {command: {touches: /etc}}, effect: ask}
          - {id: ACME-105, tool: "fs.*", when: {arg: /path, not: {inside: /srv}}, effect: deny}
          - {id: ACME-106, tool: "fs.*", when: {arg: /path, not: {inside: /srv}}, effect: warn}
          - {id: ACME-107, tool: crm.lookup, effect: warn, mode: "off"}
        cases:
          - {name: outside, call: {tool: mail.send, arguments: {to: x@evil.example}}, expect: deny}
          - {name: inside, call: {tool: mail.send, arguments: {to: y@acme.com}}, expect: allow}
        """);
    Files.writeString(
        root.resolve("more.yaml"),
        """
        cases:
          - {name: a refund, call: {tool: refund.create}, expect: allow}
          - {name: no refunds, call: {tool: refund.create}, expect: ask, rule: ACME-103}
          - {name: four refunds, repeat: 4, call: {tool: refund.create}, expect: ask}
        """);
    Files.writeString(
        root.resolve("bad.json"),
        """
        {"rules": [], "cases": [{"name": "n", "call": {"tool": "t"}, "expect": "denied"}]}
        """);
    Files.writeString(
        root.resolve("failing.yaml"),
        """
        governor: 1
        id: failing
        rules: [{id: ACME-101, tool: mail.send, effect: deny}]
        cases:
          - {name: a mail, call: {tool: mail.send}, expect: allow}
        """);
  }

  /** The policy of the state root cannot be used. */
  static void broken(Path root) throws IOException {
    Files.createDirectories(root);
    Files.writeString(
        root.resolve("policy.yaml"),
        """
        governor: 1
        id: acme-support
        rules:
          - {id: ACME-101, tool: mail.send, effct: deny}
        """);
  }
}
