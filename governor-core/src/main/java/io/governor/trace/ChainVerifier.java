package io.governor.trace;

import io.governor.crypt.ClearText;
import io.governor.crypt.DecryptionException;
import io.governor.crypt.DecryptionException.Reason;
import io.governor.crypt.KeyFile;
import io.governor.crypt.KeyProvider;
import io.governor.file.StateRoot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the hash chain of a trace file on the bytes of its lines (execution record, section 3).
 * Streaming, with at most one line of 16 MiB held. Every changed byte is found, in whatever line; a
 * missing end is not, because a shorter chain is a chain: {@link TraceVerifier} knows the recorded
 * heads. Stateless.
 */
public final class ChainVerifier {

  private ChainVerifier() {}

  /**
   * Verifies a trace file.
   *
   * @throws IOException if it cannot be read; the message says which and why
   */
  public static ChainReport verify(Path file) throws IOException {
    return verify(file, KeyFile.near(file), KnownHeads.NONE, Patience.NONE);
  }

  /** Verifies a trace that comes as a stream, which stays open. */
  public static ChainReport verify(String name, InputStream in) throws IOException {
    ChainCheck check = new ChainCheck(name, KnownHeads.NONE);
    try {
      LineReader lines = new LineReader(ClearText.of(in, KeyFile.in(StateRoot.locate())));
      while (!check.isBroken() && lines.next()) {
        check.line(lines);
      }
      return check.report();
    } catch (IOException e) {
      return broken(check, name, e);
    }
  }

  /**
   * Verifies a trace file that may be written to meanwhile, as far as it reached when it was
   * opened.
   *
   * @param keys open what is encrypted
   * @param known must have been looked up before
   * @param patience waits for a line that is being written
   */
  static ChainReport verify(Path file, KeyProvider keys, KnownHeads known, Patience patience)
      throws IOException {
    ChainReport report;
    do {
      report = attempt(file, keys, known, patience);
    } while (report == null);
    return report;
  }

  /** Null when it is to be tried again: nobody can go back to an encrypted line. */
  private static @Nullable ChainReport attempt(
      Path file, KeyProvider keys, KnownHeads known, Patience patience) throws IOException {
    ChainCheck check = new ChainCheck(file.toString(), known);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long end = Files.isRegularFile(file) ? channel.size() : Long.MAX_VALUE;
      ClearText text = ClearText.of(Channels.newInputStream(channel), keys);
      LineReader lines = new LineReader(text);
      while (!check.isBroken() && lines.nextOffset() < end && lines.next()) {
        if (!lines.ended() && text.isEncrypted() && patience.waits(file)) {
          return null;
        }
        if (!lines.ended() && !text.isEncrypted()) {
          lines = patience.ended(lines, channel, file, keys);
        }
        check.line(lines);
      }
      return check.report();
    } catch (IOException e) {
      return broken(check, file.toString(), e);
    }
  }

  /** A record that is not what was encrypted in its place is the first bad line. */
  private static ChainReport broken(ChainCheck check, String name, IOException e)
      throws IOException {
    if (e instanceof DecryptionException altered && altered.reason() == Reason.ALTERED) {
      check.altered(altered.line(), IoReason.of(altered));
      return check.report();
    }
    throw IoReason.at(name, e);
  }
}
