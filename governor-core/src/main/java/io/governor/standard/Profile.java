package io.governor.standard;

import io.governor.event.OperationClassification;
import io.governor.json.CanonicalJson;
import io.governor.json.JsonProblem;
import io.governor.pattern.LinearPattern;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an operator has tuned of the standard rules: when POL-001 is recorded, what crosses a task
 * boundary, what is of high consequence (execution record, section 7). It never blocks. Immutable;
 * safe to share between threads.
 *
 * <p>Files are read by {@link ProfileLoader}, and {@link ProfileResolution} finds the one for an
 * agent. A profile built in code has the same effects but leaves no trace in events.
 */
public final class Profile {

  private static final Profile DEFAULTS = new Profile(ProfileData.defaults(), false);
  private static final int FINGERPRINT_LENGTH = 12;

  private final ProfileSettings settings;
  private final boolean fromFile;
  private final String canonicalText;
  private final String contentHash;
  private final List<String> ignoredFields;

  private Profile(Map<String, @Nullable Object> data, boolean fromFile) {
    ProfileReading reading = new ProfileReading(data);
    this.settings = reading.settings();
    this.fromFile = fromFile;
    this.canonicalText = ProfileData.canonicalText(data);
    this.contentHash = sha256(canonicalText);
    this.ignoredFields = ignored(reading.findings(), fromFile);
  }

  /** The defaults of section 7.1, built in code. */
  public static Profile defaults() {
    return DEFAULTS;
  }

  /**
   * A profile built in code: the data, shaped like a file, laid over the defaults. A malformed
   * value falls back to its default and is named in {@link #ignoredFields}.
   *
   * @throws IllegalArgumentException for data that no file could hold: keys that are not strings,
   *     other objects, more than 64 levels
   */
  public static Profile of(Map<String, ?> data) {
    return new Profile(ProfileData.merge(ProfileData.copyOf(data)), false);
  }

  /**
   * The profile of a snapshot, which {@link #canonicalText} gave. Nothing is verified: compare the
   * content hash first. It counts as a profile from a file.
   *
   * @throws IllegalArgumentException when the text is no JSON object
   */
  public static Profile fromSnapshot(String canonicalText) {
    try {
      if (CanonicalJson.parse(canonicalText) instanceof Map<?, ?> data) {
        return new Profile(ProfileData.copyOf(data), true);
      }
      throw new IllegalArgumentException("A profile snapshot must be a JSON object");
    } catch (JsonProblem e) {
      throw new IllegalArgumentException("A profile snapshot must be JSON: " + e.getMessage(), e);
    }
  }

  /** A profile from a file; the data is the file's, laid over the defaults. */
  static Profile fromFile(Map<String, @Nullable Object> merged) {
    return new Profile(merged, true);
  }

  /** Twelve hex digits for events; only a profile from a file has one. */
  public Optional<String> fingerprint() {
    return fromFile ? Optional.of(contentHash.substring(0, FINGERPRINT_LENGTH)) : Optional.empty();
  }

  /** SHA-256 over the canonical text, 64 hex digits (section 7.3). */
  public String contentHash() {
    return contentHash;
  }

  /** All data in one text that does not depend on how it was written; fit for a snapshot. */
  public String canonicalText() {
    return canonicalText;
  }

  /** The schema version, or null when the data holds no integer there. */
  public @Nullable Long schemaVersion() {
    return settings.schemaVersion();
  }

  /** Whether the profile came from a file and leaves its members in events. */
  public boolean fromFile() {
    return fromFile;
  }

  /** When POL-001 is recorded (section 7.4 item 1). */
  public DemandAt demandAt() {
    return settings.demandAt();
  }

  /**
   * Whether a scope event begins another task than the one before it (section 7.4 item 2); never
   * when no signal is configured.
   *
   * @param sincePrevious time between the two; negative counts as none
   */
  public boolean crossesTaskBoundary(
      ScopeMark previous, ScopeMark current, Duration sincePrevious) {
    return settings.boundary().crossed(previous, current, sincePrevious);
  }

  /**
   * Whether a call is of high consequence by its tool and target or by what its command would do
   * (section 7.4 items 3 and 4, section 7.5).
   */
  public boolean isHighConsequence(
      String toolId, String targetSystem, @Nullable OperationClassification classification) {
    return matchesTool(toolId, targetSystem)
        || (classification != null
            && settings.operations().stream().anyMatch(rule -> rule.matches(classification)));
  }

  private boolean matchesTool(String toolId, String targetSystem) {
    List<LinearPattern> patterns = settings.tools();
    if (patterns.isEmpty()) {
      return false;
    }
    String subject = toolId + ":" + targetSystem;
    return patterns.stream().anyMatch(pattern -> pattern.find(subject));
  }

  /**
   * One text for each field whose malformed value fell back to its default, ready for the log:
   * {@code PROFILE_FIELD_IGNORED}, the field and what would be accepted. Empty for a profile that
   * {@link ProfileLoader} loaded, whose problems were reported with their places.
   */
  public List<String> ignoredFields() {
    return ignoredFields;
  }

  @Override
  public String toString() {
    return "Profile[" + contentHash.substring(0, FINGERPRINT_LENGTH) + "]";
  }

  private static List<String> ignored(List<ProfileFinding> findings, boolean fromFile) {
    Map<String, String> byField = new LinkedHashMap<>();
    for (ProfileFinding finding : findings) {
      boolean ignored =
          switch (finding.kind()) {
            case MALFORMED -> true;
            case IGNORED -> !fromFile;
            case UNKNOWN, RESERVED -> false;
          };
      if (ignored) {
        byField.putIfAbsent(
            finding.field().toString(),
            "PROFILE_FIELD_IGNORED " + finding.path() + ": " + finding.message());
      }
    }
    return List.copyOf(byField.values());
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
