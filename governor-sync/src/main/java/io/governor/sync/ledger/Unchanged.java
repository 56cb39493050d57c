package io.governor.sync.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Whether a file that was counted is still what it was when it was looked at. Stateless. */
final class Unchanged {

  private Unchanged() {}

  /** Whether it looks the same, or still begins with the same text. */
  static boolean since(FileWork file) {
    try {
      return Stamp.of(file.file()).looksLike(file.stamp()) || beginsWithTheSame(file);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean beginsWithTheSame(FileWork file) throws IOException {
    Scan scan = file.text().scan();
    if (scan.size() == 0) {
      return true;
    }
    Content all = scan.content(scan.size(), false, new long[0], List.of());
    Trail trail = new Trail(List.of(all));
    try (InputStream text = TraceText.open(file.file())) {
      TextLines lines = new TextLines(text);
      lines.follow(trail);
      while (trail.nextStop() < Long.MAX_VALUE && lines.next()) {
        // The trail is told on the way.
      }
      lines.digestAtEnd();
    }
    return trail.longest() != null;
  }
}
