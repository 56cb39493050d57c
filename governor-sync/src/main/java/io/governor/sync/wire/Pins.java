package io.governor.sync.wire;

import io.governor.sync.SyncException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Public keys of which one must be on the verified path: {@code sha256/} and the Base64 of the
 * SHA-256 of a SubjectPublicKeyInfo (RFC 7469, section 2.4). None, or at least two, so that there
 * is a spare when a key must be changed. Immutable; safe to share between threads.
 */
final class Pins {

  private static final int MOST = 8;
  private static final Pattern FORM = Pattern.compile("sha256/[0-9A-Za-z+/]{43}=");

  private final Set<String> pins;

  private Pins(Set<String> pins) {
    this.pins = pins;
  }

  /**
   * @throws SyncException of kind {@code INPUT} for one pin, more than 8, or one of a wrong form
   */
  static Pins of(List<String> texts) throws SyncException {
    if (!texts.stream().allMatch(text -> FORM.matcher(text).matches())) {
      throw SyncException.input(
          "a pin cannot be used: expected sha256/ and the Base64 of the SHA-256 of a public key"
              + " (SPKI), 44 characters");
    }
    Set<String> pins = Set.copyOf(texts);
    if (pins.size() == 1 || pins.size() > MOST) {
      throw SyncException.input(
          "pins cannot be used: expected none, or 2 to "
              + MOST
              + " different ones; with a single pin a lost key would end all sending");
    }
    return new Pins(pins);
  }

  boolean isEmpty() {
    return pins.isEmpty();
  }

  boolean anyOf(Collection<PublicKey> keys) {
    return keys.stream().anyMatch(key -> pins.contains(pin(key)));
  }

  private static String pin(PublicKey key) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return "sha256/" + Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
