package io.governor.sync.ledger;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The text of a trace file: its bytes, or what they decompress to (RFC 1952). Stateless. */
final class TraceText {

  private static final int BUFFER = 1 << 16;

  private TraceText() {}

  static InputStream open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    boolean opened = false;
    try {
      InputStream text = decoded(new BufferedInputStream(in, BUFFER));
      opened = true;
      return text;
    } finally {
      if (!opened) {
        in.close();
      }
    }
  }

  private static InputStream decoded(BufferedInputStream in) throws IOException {
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip ? new GZIPInputStream(in, BUFFER) : in;
  }
}
