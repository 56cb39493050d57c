package io.governor.seam;

import io.governor.Counted;
import io.governor.Decision;
import io.governor.RuleId;
import io.governor.ToolArguments;
import io.governor.json.CanonicalJson;
import io.governor.json.JsonProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Marks calls that were governed, and recognises those that another process of the same
 * installation marked. Safe for use by several threads; nothing is thrown at either side: what
 * cannot be marked or recognised is governed as usual, and a key that cannot be used is told once
 * at WARN.
 *
 * <p>A mark is text without blanks, of at most {@value #MAX_LENGTH} characters: a version, what it
 * says in canonical JSON, and over that, the tool and the arguments an HMAC-SHA256 (RFC 2104), the
 * latter two in base64url (RFC 4648, section 5). It holds the call's id, an instant and ids of
 * rules: nothing of the call's values, but for a hash that nobody without the key can tell.
 */
public final class CallMarks {

  /** The member of an MCP request's {@code _meta} that holds the mark, as a string. */
  public static final String KEY = "io.governor/call";

  /** Characters of the longest mark; no other is made or read. */
  public static final int MAX_LENGTH = 4096;

  /** How long a mark is good for: from the judgement to the next seam, on one machine. */
  static final Duration VALID = Duration.ofMinutes(1);

  /** By as much may the clock of another process be ahead. */
  private static final Duration AHEAD = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(CallMarks.class);
  private static final String VERSION = "1";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final MarkKey key;
  private final InstantSource clock;
  private final UsedMarks used = new UsedMarks();
  private final AtomicBoolean told = new AtomicBoolean();

  private CallMarks(Path stateRoot, InstantSource clock) {
    this.key = new MarkKey(stateRoot);
    this.clock = clock;
  }

  /** Of the installation with this state root; its key is made when the first call is marked. */
  public static CallMarks below(Path stateRoot) {
    return below(stateRoot, InstantSource.system());
  }

  /** The same with another clock than the system's. */
  public static CallMarks below(Path stateRoot, InstantSource clock) {
    return new CallMarks(stateRoot, clock);
  }

  /**
   * The mark of a call that is about to be sent.
   *
   * @param decision the decision that let it through
   * @param tool the tool's name as it is sent: the {@code name} of {@code tools/call}
   * @param sent the arguments as they are sent, after all rewriting
   * @return null when it cannot be marked: it was refused, its arguments are no JSON object, or
   *     there is no key
   */
  public @Nullable String mark(Decision decision, String tool, ToolArguments sent) {
    String callId = decision.call().id();
    if (decision.refused() || callId == null || sent.problem() != null) {
      return null;
    }
    byte[] said = bytes(CanonicalJson.text(says(callId, Counted.after(decision))));
    try {
      String mark =
          VERSION + "." + text(said) + "." + text(proof(key.readOrMake(), said, tool, sent));
      return mark.length() > MAX_LENGTH ? null : mark;
    } catch (IOException e) {
      failed(e);
      return null;
    }
  }

  private Map<String, Object> says(String callId, Counted counted) {
    byte[] nonce = new byte[9];
    RANDOM.nextBytes(nonce);
    Map<String, Object> says = new LinkedHashMap<>();
    says.put("call", callId);
    says.put("at", clock.millis());
    says.put("nonce", text(nonce));
    String policy = counted.policyHash();
    // Without a policy nobody can tell whether two processes have the same rules.
    if (policy != null && !counted.agreed().isEmpty()) {
      says.put("agreed", counted.agreed().stream().map(RuleId::value).sorted().toList());
      says.put("policy", policy);
    }
    return says;
  }

  /**
   * What a mark says about a call that arrived.
   *
   * @param mark what stood in the place of a mark; anything
   * @param tool the tool's name as it arrived
   * @param arrived the arguments as they arrived
   * @return null unless it is a mark of this installation for this very call, and shown for the
   *     first time
   */
  public @Nullable MarkedCall read(@Nullable Object mark, String tool, ToolArguments arrived) {
    if (!(mark instanceof String text) || text.length() > MAX_LENGTH || arrived.problem() != null) {
      return null;
    }
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3 || !parts[0].equals(VERSION)) {
      return null;
    }
    try {
      return read(Base64.getUrlDecoder().decode(parts[1]), parts[2], tool, arrived);
    } catch (IllegalArgumentException | JsonProblem e) {
      return null;
    } catch (IOException e) {
      failed(e);
      return null;
    }
  }

  private @Nullable MarkedCall read(byte[] said, String proof, String tool, ToolArguments arrived)
      throws IOException, JsonProblem {
    byte[] secret = key.read();
    byte[] shown = Base64.getUrlDecoder().decode(proof);
    if (secret == null || !MessageDigest.isEqual(shown, proof(secret, said, tool, arrived))) {
      return null;
    }
    return CanonicalJson.parse(new String(said, StandardCharsets.UTF_8)) instanceof Map<?, ?> says
        ? marked(says, text(shown))
        : null;
  }

  /** From here on it is what one of us wrote. */
  private @Nullable MarkedCall marked(Map<?, ?> says, String proof) {
    if (!(says.get("call") instanceof String callId && says.get("at") instanceof Number at)) {
      return null;
    }
    long now = clock.millis();
    long expiry = at.longValue() + VALID.toMillis();
    boolean valid = at.longValue() <= now + AHEAD.toMillis() && now <= expiry;
    return valid && used.use(proof, now, expiry)
        ? new MarkedCall(callId, new Counted(agreed(says), (String) says.get("policy")))
        : null;
  }

  private static Set<RuleId> agreed(Map<?, ?> says) {
    List<?> ids = says.get("agreed") instanceof List<?> list ? list : List.of();
    return ids.stream().map(id -> RuleId.of(String.valueOf(id))).collect(Collectors.toSet());
  }

  private static byte[] proof(byte[] secret, byte[] said, String tool, ToolArguments arguments) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      // Hashes of one length each: nothing of one part can be taken for another's.
      mac.update(sha256(said));
      mac.update(sha256(bytes(tool)));
      mac.update(sha256(bytes(CanonicalJson.text(arguments.asMap()))));
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256 and SHA-256", e);
    }
  }

  private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private void failed(IOException e) {
    if (told.compareAndSet(false, true)) {
      LOG.warn(
          "Calls that pass two governed seams are counted at each: {}: {}", key, e.getMessage());
    }
  }
}
