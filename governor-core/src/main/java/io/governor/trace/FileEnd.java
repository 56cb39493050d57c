package io.governor.trace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * How a file of lines ends. Read through a stream, whose channel an interrupt does not close.
 *
 * @param size its bytes
 * @param torn whether the last of them is no line end
 */
record FileEnd(long size, boolean torn) {

  static FileEnd of(Path file) throws IOException {
    long size = Files.size(file);
    if (size == 0) {
      return new FileEnd(0, false);
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      in.skipNBytes(size - 1);
      return new FileEnd(size, in.read() != '\n');
    }
  }
}
