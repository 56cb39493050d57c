package io.governor.sync;

import java.util.regex.Pattern;

/**
 * The secret an installation proves itself with: {@code sgn_live_} and 16 to 256 letters, digits,
 * dots, underscores and minus signs. The server gives it once, at registration; from then on it
 * stands in the sync state and in the header of a request, and nowhere else. Its {@code toString}
 * hides it. Immutable; safe to share between threads.
 */
public final class InstallationSecret {

  private static final Pattern FORM = Pattern.compile("sgn_live_[0-9A-Za-z._-]{16,256}");

  private final String value;

  private InstallationSecret(String value) {
    this.value = value;
  }

  /**
   * @throws IllegalArgumentException if the text does not have the form; the message does not
   *     repeat it
   */
  public static InstallationSecret of(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "an installation secret is sgn_live_ and 16 to 256 letters, digits, dots, underscores and"
              + " minus signs");
    }
    return new InstallationSecret(text);
  }

  /** The secret itself: for the header of a request, and to be shown once. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof InstallationSecret secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "InstallationSecret[" + value.length() + " characters]";
  }
}
