package io.governor.sync;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a registration tells the server: the installation, and whom to write to about it. Immutable;
 * safe to share between threads. Its {@code toString} does not show the contact.
 *
 * @param installationId {@code inst_} and a UUID in lower case
 * @param runtimeVersion the version of this software
 * @param contactEmail an address with one {@code @}, 3 to 254 printable characters, no white space
 * @param contactName 1 to 200 characters, no control characters
 * @param organization the same, or null
 * @param operatorRole the same, or null
 * @param userAgent what the client calls itself: {@code governor-sync/<version> java-<feature>
 *     <os>}
 */
public record RegistrationRequest(
    String installationId,
    String runtimeVersion,
    String contactEmail,
    String contactName,
    @Nullable String organization,
    @Nullable String operatorRole,
    String userAgent) {

  private static final Pattern EMAIL = Pattern.compile("[^\\s\\p{Cntrl}@]+@[^\\s\\p{Cntrl}@]+");
  private static final int LONGEST_EMAIL = 254;
  private static final int LONGEST_TEXT = 200;

  /**
   * @throws IllegalArgumentException if a member does not have its form; the message names the
   *     member and what would be accepted
   */
  public RegistrationRequest {
    if (!SyncPayload.isInstallationId(installationId)) {
      throw new IllegalArgumentException("an installation id is inst_ and a UUID in lower case");
    }
    if (contactEmail.length() > LONGEST_EMAIL || !EMAIL.matcher(contactEmail).matches()) {
      throw new IllegalArgumentException(
          "contact_email: expected an address such as name@example.org, at most 254 characters");
    }
    requireText("contact_name", contactName);
    if (organization != null) {
      requireText("organization", organization);
    }
    if (operatorRole != null) {
      requireText("operator_role", operatorRole);
    }
  }

  private static void requireText(String member, String text) {
    if (text.isBlank()
        || text.length() > LONGEST_TEXT
        || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          member + ": expected 1 to 200 characters without control characters");
    }
  }

  @Override
  public String toString() {
    return "RegistrationRequest[" + installationId + "]";
  }
}
