package io.governor.mcp.pin;

import io.governor.json.CanonicalJson;
import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server says about one tool, as far as a model reads it or a call depends on it: title,
 * description, schemas and annotations (MCP specification 2025-11-25, server/tools), or about one
 * prompt: title, description and arguments (server/prompts). Immutable.
 *
 * @param hash the SHA-256 of its canonical JSON, in lower-case hexadecimal digits
 * @param text its canonical JSON; null when it is longer than {@value #LONGEST} characters, and
 *     then only the hash tells two of them apart
 */
public record ToolDefinition(String hash, @Nullable String text) {

  /** Characters of a definition that is kept as a whole. */
  public static final int LONGEST = 1 << 16;

  private static final StrictJson.Limits LIMITS =
      new StrictJson.Limits(1000, 16 << 20, 1 << 16, 64L << 20, 4_000_000, true);

  private static final List<String> MEMBERS =
      List.of("title", "description", "inputSchema", "outputSchema", "annotations", "arguments");

  /** The definition in one item of a list of tools. */
  public static ToolDefinition of(Map<?, ?> tool) {
    Map<String, @Nullable Object> said = new LinkedHashMap<>();
    for (String member : MEMBERS) {
      if (tool.containsKey(member)) {
        said.put(member, tool.get(member));
      }
    }
    String text = CanonicalJson.text(said);
    return new ToolDefinition(hash(text), text.length() > LONGEST ? null : text);
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Whether both say the same. */
  boolean same(ToolDefinition other) {
    return hash.equals(other.hash);
  }

  /** What it says, by member; empty when that was not kept. */
  Map<?, ?> members() {
    try {
      return text != null && StrictJson.parse(text, LIMITS) instanceof Map<?, ?> members
          ? members
          : Map.of();
    } catch (JsonProblem e) {
      return Map.of();
    }
  }

  /** What a server says that lists one name twice: nobody knows which of both a client takes. */
  public ToolDefinition and(ToolDefinition other) {
    return same(other) ? this : new ToolDefinition(hash(hash + other.hash), null);
  }

  /** The same, known by its hash alone. */
  ToolDefinition withoutText() {
    return new ToolDefinition(hash, null);
  }

  @Override
  public String toString() {
    return "ToolDefinition[" + (text == null ? "not kept" : text.length() + " characters") + "]";
  }
}
