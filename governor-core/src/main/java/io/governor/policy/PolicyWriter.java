package io.governor.policy;

import io.governor.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes policies as text. Stateless. */
final class PolicyWriter {

  private PolicyWriter() {}

  static String yaml(Policy policy) {
    return new YamlText().document(PolicyDocument.of(policy));
  }

  static String json(Policy policy) {
    return new YamlText().flow(PolicyDocument.of(policy));
  }

  /** The hash of the canonical JSON, rules in the order of their ids. */
  static String hash(Policy policy) {
    List<PolicyRule> rules = new ArrayList<>(policy.rules());
    rules.sort((a, b) -> a.id().compareTo(b.id()));
    Map<String, @Nullable Object> document =
        PolicyDocument.of(
            new Policy(
                policy.id(),
                policy.revision(),
                policy.mode(),
                policy.standard(),
                policy.tools(),
                policy.requireTrace(),
                policy.hide(),
                policy.agents(),
                rules,
                policy.risk(),
                policy.cases()));
    byte[] canonical = CanonicalJson.text(document).getBytes(StandardCharsets.US_ASCII);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
