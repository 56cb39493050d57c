package io.governor.sync.ledger;

import io.governor.crypt.ClearText;
import io.governor.crypt.KeyFile;
import io.governor.sync.count.TextStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The text of a trace file, as counting reads it. Stateless. */
final class TraceText {

  private static final int BUFFER = 1 << 16;

  private TraceText() {}

  static InputStream open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    boolean opened = false;
    try {
      InputStream lying = TextStream.text(new BufferedInputStream(in, BUFFER));
      InputStream text = ClearText.of(lying, KeyFile.near(file));
      opened = true;
      return text;
    } finally {
      if (!opened) {
        in.close();
      }
    }
  }
}
