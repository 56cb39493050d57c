package io.governor.trace;

import io.governor.crypt.ClearText;
import io.governor.crypt.KeyFile;
import io.governor.crypt.KeyProvider;
import io.governor.crypt.Purpose;
import io.governor.crypt.Sealing;
import io.governor.crypt.Section;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Whether the traces of a directory are encrypted, and with whose keys. Where they are not, and
 * nothing encrypted is met, nothing of the machinery is loaded: a hook starts cold at each call.
 * Immutable; any thread may use it.
 *
 * @param home where the keys lie when the host has none of its own
 * @param own the host's, or null
 * @param encrypt whether what is written is encrypted
 */
public record TraceKeys(Path home, @Nullable KeyProvider own, boolean encrypt) {

  /** Nothing is encrypted; what was, opens with the keys near a folder or file. */
  static TraceKeys none(Path near) {
    return new TraceKeys(near, null, false);
  }

  /** Who has the keys. */
  KeyProvider provider() {
    if (own != null) {
      return own;
    }
    return encrypt ? KeyFile.in(home) : KeyFile.near(home);
  }

  /**
   * What turns lines into what is written to a new file; null when lines are written as they are.
   */
  @Nullable Sealing begin() {
    return encrypt ? Sealing.plain(provider(), true) : null;
  }

  /** The same for a file that was read to its end, or ends in a section. */
  @Nullable Sealing goOn(@Nullable Section section) throws IOException {
    return section == null ? begin() : Sealing.in(section, provider(), encrypt);
  }

  /** Whether a state may be one that has to be opened. */
  boolean mayBeEncrypted(byte[] state) {
    return state.length > 2 && state[2] == 'g';
  }

  /** The text of a state. */
  byte[] state(byte[] encrypted) throws IOException {
    return ClearText.of(new ByteArrayInputStream(encrypted), provider(), Purpose.STATE)
        .readAllBytes();
  }

  /** What is written of a state. */
  byte[] sealedState(byte[] text) throws IOException {
    return Sealing.state(text, text.length - 1, provider());
  }
}
