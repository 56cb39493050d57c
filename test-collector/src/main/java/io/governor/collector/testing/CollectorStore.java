package io.governor.collector.testing;

import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a collector knows, and the contract by which it learns. Safe to share between threads. */
final class CollectorStore {

  private static final StrictJson.Limits LIMITS = new StrictJson.Limits(1, 1_024, 64, 16_384, 64);
  private static final Set<String> REQUIRED =
      Set.of("installation_id", "runtime_version", "contact_email", "contact_name", "user_agent");
  private static final Set<String> OPTIONAL = Set.of("organization", "operator_role");
  private static final Pattern USER_AGENT =
      Pattern.compile("governor-sync/[0-9A-Za-z.+-]{1,64} java-\\d{2,3} (linux|mac|windows|other)");
  private static final Pattern UPDATE_QUERY =
      Pattern.compile(
          "/update-check\\?installation_id=inst_[0-9a-f-]{36}&runtime_version=[0-9A-Za-z.+%-]{1,192}");

  private final SecureRandom random = new SecureRandom();
  private final Map<String, String> secrets = new HashMap<>();
  private final List<Map<String, String>> registrations = new ArrayList<>();
  private final Map<String, byte[]> byWindow = new LinkedHashMap<>();
  private boolean knownRefused;
  private @Nullable String latestVersion;

  synchronized Reply answer(ReceivedRequest request) {
    if (!USER_AGENT.matcher(request.header("user-agent").orElse("")).matches()
        || request.header("cookie").isPresent()
        || request.header("accept-encoding").isPresent()) {
      return Reply.refused(400, "headers other than the contract's");
    }
    return switch (request.method() + " " + request.target().replaceFirst("\\?.*", "")) {
      case "POST /register" -> register(request);
      case "POST /sync" -> sync(request);
      case "GET /update-check" -> updateCheck(request);
      default -> Reply.refused(404, "nothing is here");
    };
  }

  private Reply register(ReceivedRequest request) {
    Map<String, String> members = members(request);
    if (members.isEmpty() || request.header("authorization").isPresent()) {
      return Reply.refused(400, "no registration");
    }
    String id = members.getOrDefault("installation_id", "");
    if (knownRefused && secrets.containsKey(id)) {
      return Reply.refused(409, "the installation is registered already");
    }
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    String secret = "sgn_live_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    secrets.put(id, secret);
    registrations.add(members);
    return new Reply(201, "{\"installation_secret\": \"" + secret + "\"}");
  }

  /** The members of a registration, or none if it is not what the contract wants. */
  private static Map<String, String> members(ReceivedRequest request) {
    Map<String, String> members = new TreeMap<>();
    try {
      if (StrictJson.parse(request.body(), LIMITS) instanceof Map<?, ?> object) {
        object.forEach((name, value) -> members.put((String) name, String.valueOf(value)));
      }
    } catch (JsonProblem e) {
      return Map.of();
    }
    boolean known =
        members.keySet().stream().allMatch(n -> REQUIRED.contains(n) || OPTIONAL.contains(n));
    boolean sameAgent = request.header("user-agent").orElse("").equals(members.get("user_agent"));
    return known && sameAgent && members.keySet().containsAll(REQUIRED) ? members : Map.of();
  }

  private Reply sync(ReceivedRequest request) {
    String owner = owner(request.header("authorization").orElse(""));
    if (owner == null) {
      return Reply.refused(401, "no secret of an installation");
    }
    if (!request.header("content-type").orElse("").equals("application/json")) {
      return Reply.refused(415, "not application/json");
    }
    try {
      SyncBody body = SyncBody.parse(request.body());
      return body.installationId().equals(owner)
          ? accept(request.body(), body)
          : Reply.refused(403, "the secret of another installation");
    } catch (IllegalArgumentException e) {
      return Reply.refused(400, String.valueOf(e.getMessage()));
    }
  }

  private @Nullable String owner(String authorization) {
    return secrets.entrySet().stream()
        .filter(entry -> authorization.equals("Bearer " + entry.getValue()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  private Reply accept(byte[] bytes, SyncBody body) {
    String window = body.installationId() + " " + body.windowStart() + " " + body.windowEnd();
    byte[] before = byWindow.putIfAbsent(window, bytes);
    return before == null || Arrays.equals(before, bytes)
        ? new Reply(200, "{\"accepted\": true}")
        : Reply.refused(409, "the window was sent before with other counts");
  }

  private Reply updateCheck(ReceivedRequest request) {
    if (request.header("authorization").isPresent()
        || !UPDATE_QUERY.matcher(request.target()).matches()) {
      return Reply.refused(400, "no update check");
    }
    return latestVersion == null
        ? new Reply(200, "{\"latest_version\": null, \"update_available\": false}")
        : new Reply(
            200, "{\"latest_version\": \"" + latestVersion + "\", \"update_available\": true}");
  }

  synchronized void refuseKnown() {
    knownRefused = true;
  }

  synchronized void latestVersion(String version) {
    latestVersion = version;
  }

  synchronized List<String> secrets() {
    return List.copyOf(secrets.values());
  }

  synchronized void issue(String installationId, String secret) {
    secrets.put(installationId, secret);
  }

  synchronized List<Map<String, String>> registrations() {
    return List.copyOf(registrations);
  }

  synchronized List<byte[]> accepted() {
    return List.copyOf(byWindow.values());
  }

  synchronized SortedMap<String, Long> sum() {
    SortedMap<String, Long> sum = new TreeMap<>();
    byWindow
        .values()
        .forEach(
            body ->
                SyncBody.parse(body)
                    .counts()
                    .forEach((rule, count) -> sum.merge(rule, count, Math::addExact)));
    return sum;
  }
}
