package io.governor.trace;

import io.governor.event.EventDecoder;
import io.governor.event.GovernorMember;
import io.governor.event.MalformedEventException;
import io.governor.trace.ChainReport.Break;
import io.governor.trace.ChainReport.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the hash chain of a trace file on the bytes of its lines (execution record, section 3).
 * Streaming, with at most one line of 16 MiB held. Every changed byte is found, in whatever line; a
 * missing end is not, because a shorter chain is a chain.
 */
public final class ChainVerifier {

  private final String source;
  private String head = HexFormat.of().formatHex(HashChain.start());
  private long chained;
  private long unchained;
  private long damaged;

  /**
   * Beginnings of event lines since the last good line: damage, if the chain goes on after them.
   */
  private long cutOff;

  private long firstCutOff;

  /** The first line that is nothing, before the first chained one. */
  private long firstJunk;

  private @Nullable Break firstBreak;

  private ChainVerifier(String source) {
    this.source = source;
  }

  /**
   * Verifies a trace file.
   *
   * @throws IOException if it cannot be read; the message says which and why
   */
  public static ChainReport verify(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new ChainVerifier(file.toString()).verify(in);
    } catch (IOException e) {
      throw IoReason.at(file.toString(), e);
    }
  }

  /** Verifies a trace that comes as a stream, which stays open. */
  public static ChainReport verify(String name, InputStream in) throws IOException {
    try {
      return new ChainVerifier(name).verify(in);
    } catch (IOException e) {
      throw IoReason.at(name, e);
    }
  }

  private ChainReport verify(InputStream in) throws IOException {
    LineReader lines = new LineReader(in);
    while (firstBreak == null && lines.next()) {
      HashChain.Link link =
          lines.tooLong() ? null : HashChain.linkOf(lines.buffer(), lines.start(), lines.length());
      if (link == null) {
        unlinked(lines);
      } else {
        linked(lines, link);
      }
    }
    return report();
  }

  private void linked(LineReader line, HashChain.Link link) {
    String hash = HashChain.hashOf(line.buffer(), line.start(), line.length(), link);
    if (!hash.equals(link.hash())) {
      broken(line.line(), "the line was changed", hash, link.hash());
    } else if (firstJunk > 0) {
      broken(firstJunk, "the line is no event", null, null);
    } else if (!head.equals(link.prev())) {
      if (cutOff > 0) {
        broken(firstCutOff, "the line was cut, and not by a crash", head, link.prev());
      } else {
        String reason = "a line before it was removed, inserted or moved";
        broken(line.line(), reason, head, link.prev());
      }
    } else {
      head = hash;
      chained++;
      damaged += cutOff;
      cutOff = 0;
    }
  }

  private void unlinked(LineReader line) {
    try {
      if (line.tooLong()) {
        throw MalformedEventException.tooLong();
      }
      GovernorMember governor =
          EventDecoder.decode(line.buffer(), line.start(), line.length()).governor();
      if (governor != null && governor.chain() != null) {
        broken(line.line(), "the line was changed", null, null);
      } else if (chained > 0) {
        broken(line.line(), "the line has no chain, after one that has", null, null);
      } else {
        unchained++;
      }
    } catch (MalformedEventException e) {
      noEvent(line);
    }
  }

  private void noEvent(LineReader line) {
    if (!line.tooLong() && EventDecoder.isCutOff(line.buffer(), line.start(), line.length())) {
      firstCutOff = cutOff++ == 0 ? line.line() : firstCutOff;
    } else if (chained > 0) {
      broken(line.line(), "the line is no event", null, null);
    } else if (firstJunk == 0) {
      firstJunk = line.line();
    }
  }

  private void broken(long line, String reason, @Nullable String expected, @Nullable String found) {
    firstBreak = new Break(line, reason, expected, found);
  }

  /**
   * At the end of the file nothing says whether a cut line was the last thing a crash left or a
   * whole line once. It is called damage: whoever could cut it could also have removed it, which
   * only the head kept elsewhere tells.
   */
  private ChainReport report() {
    Status status;
    if (firstBreak != null) {
      status = Status.TAMPERED;
    } else if (chained == 0) {
      status = Status.NOT_CHAINED;
    } else {
      status = damaged + cutOff > 0 ? Status.DAMAGED : Status.INTACT;
    }
    boolean cutOffIsDamage = status != Status.TAMPERED;
    return new ChainReport(
        source,
        status,
        chained,
        unchained,
        damaged + (cutOffIsDamage ? cutOff : 0),
        chained == 0 ? null : head,
        firstBreak);
  }
}
