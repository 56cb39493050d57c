package io.governor.sync.count;

import io.governor.crypt.ClearText;
import io.governor.crypt.KeyFile;
import io.governor.crypt.KeyProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Tells which files have something encrypted in them, so that their lines are not where their bytes
 * are. One that is encrypted from its beginning shows it there; others are looked through only
 * where there are keys. Confined to one thread.
 */
final class EncryptedFiles {

  private static final int START = 64;

  private @Nullable Path folder;
  private boolean keysNear;

  boolean isIn(Path file, KeyProvider keys) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return isIn(file, channel, keys);
    }
  }

  /**
   * @param channel of the file, at its beginning
   */
  boolean isIn(Path file, FileChannel channel, KeyProvider keys) throws IOException {
    byte[] start = new byte[START];
    int read = Math.max(0, channel.read(ByteBuffer.wrap(start), 0));
    return ClearText.isMarked(start, 0, read)
        || (mayBeIn(file, keys) && ClearText.isIn(Channels.newInputStream(channel)));
  }

  /** Whether there is a key that something in the file can be encrypted with. */
  private boolean mayBeIn(Path file, KeyProvider keys) {
    if (!KeyFile.looksNearby(keys)) {
      return true;
    }
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null && !parent.equals(folder)) {
      folder = parent;
      keysNear = KeyFile.isNear(parent);
    }
    return keysNear;
  }
}
