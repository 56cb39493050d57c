package io.governor.trace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

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
    return verify(file, KnownHeads.NONE, Patience.NONE);
  }

  /** Verifies a trace that comes as a stream, which stays open. */
  public static ChainReport verify(String name, InputStream in) throws IOException {
    ChainCheck check = new ChainCheck(name, KnownHeads.NONE);
    try {
      LineReader lines = new LineReader(in);
      while (!check.isBroken() && lines.next()) {
        check.line(lines);
      }
      return check.report();
    } catch (IOException e) {
      throw IoReason.at(name, e);
    }
  }

  /**
   * Verifies a trace file that may be written to meanwhile, as far as it reached when it was
   * opened.
   *
   * @param known must have been looked up before
   * @param patience waits for a line that is being written
   */
  static ChainReport verify(Path file, KnownHeads known, Patience patience) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long end = Files.isRegularFile(file) ? channel.size() : Long.MAX_VALUE;
      ChainCheck check = new ChainCheck(file.toString(), known);
      LineReader lines = new LineReader(Channels.newInputStream(channel));
      while (!check.isBroken() && lines.nextOffset() < end && lines.next()) {
        if (!lines.ended()) {
          lines = patience.ended(lines, channel, file);
        }
        check.line(lines);
      }
      return check.report();
    } catch (IOException e) {
      throw IoReason.at(file.toString(), e);
    }
  }
}
