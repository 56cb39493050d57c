package io.governor.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * Random bytes of the system's own source, for what must be unique: Java's {@link SecureRandom}
 * asks the same one, and takes a process that lives for a moment some milliseconds to be set up.
 * Any thread may use it.
 */
public final class SystemRandom {

  private static final Path SOURCE = Path.of("/dev/urandom");

  private SystemRandom() {}

  /** So many bytes; of Java's source where the system has no such file, as Windows. */
  public static byte[] bytes(int count) {
    return bytes(SOURCE, count);
  }

  static byte[] bytes(Path source, int count) {
    byte[] bytes = new byte[count];
    try (InputStream in = Files.newInputStream(source)) {
      if (in.readNBytes(bytes, 0, count) == count) {
        return bytes;
      }
    } catch (IOException e) {
      // The other source has some.
    }
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
