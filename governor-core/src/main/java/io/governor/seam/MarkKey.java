package io.governor.seam;

import io.governor.file.OwnerOnly;
import io.governor.file.ProcessLock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The secret of one installation that marks are proved with: 32 random bytes in a file that only
 * its owner can use. Read at each use, for the state root may be removed and begun anew. Safe for
 * use by several threads and processes.
 */
final class MarkKey {

  private static final int BYTES = 32;
  private static final Duration LOCKED = Duration.ofSeconds(2);
  private static final Set<PosixFilePermission> OWNERS =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path file;

  MarkKey(Path stateRoot) {
    this.file = stateRoot.toAbsolutePath().normalize().resolve("call-mark.key");
  }

  /** The key, or null when none was made yet. */
  byte @Nullable [] read() throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] key = in.readNBytes(BYTES + 1);
      if (key.length != BYTES || !isOwnersAlone()) {
        throw new IOException(
            "expected 32 bytes that only their owner can use; remove the file to begin anew");
      }
      return key;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private boolean isOwnersAlone() throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    return view == null || OWNERS.containsAll(view.readAttributes().permissions());
  }

  /** The key, made if there is none. */
  @SuppressWarnings("try") // the lock is only held
  byte[] readOrMake() throws IOException {
    byte[] key = read();
    if (key != null) {
      return key;
    }
    try (ProcessLock lock = ProcessLock.await(file.resolveSibling("call-mark.lock"), LOCKED)) {
      byte[] made = read();
      return made == null ? make() : made;
    }
  }

  private byte[] make() throws IOException {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    OwnerOnly.replace(file, key);
    return key;
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
