package io.governor.trace;

import io.governor.event.EventDecoder;
import io.governor.event.GovernorMember;
import io.governor.event.MalformedEventException;
import io.governor.event.TraceEvent;
import io.governor.trace.ChainReport.Break;
import io.governor.trace.ChainReport.Missing;
import io.governor.trace.ChainReport.Status;
import io.governor.trace.KnownHeads.Known;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Checks the hash chain of a trace line by line, on the bytes of the lines (execution record,
 * section 3), and against the heads that are known of it. Not safe for use by several threads.
 */
final class ChainCheck {

  private final String source;
  private final KnownHeads known;
  private final MessageDigest digest = HashChain.sha256();
  private String head;

  /** How many lines the chain has had, those included that are gone. */
  private long position;

  private long chained;
  private long unchained;
  private long damaged;
  private long foreign;

  /**
   * Beginnings of event lines since the last good line: damage, if the chain goes on after them.
   */
  private long cutOff;

  private long firstCutOff;

  /** The first line that is nothing, before the first chained one. */
  private long firstJunk;

  /** The first line that was part of a chain once, before the first chained one. */
  private long firstRemnant;

  private @Nullable TraceEvent lastUnchained;
  private boolean endless;
  private long lastLine;
  private @Nullable Missing missing;
  private @Nullable Break firstBreak;

  ChainCheck(String source, KnownHeads known) {
    this(source, known, ChainHead.START);
  }

  /**
   * @param start where the chain has come to before the first line
   */
  ChainCheck(String source, KnownHeads known, ChainHead start) {
    this.source = source;
    this.known = known;
    this.head = start.hash();
    this.position = start.lines();
  }

  /** Whether the chain is broken: what comes after proves nothing. */
  boolean isBroken() {
    return firstBreak != null;
  }

  /** Takes the next line. */
  void line(Records line) {
    endless = !line.ended();
    lastLine = line.line();
    HashChain.Link link =
        line.tooLong() ? null : HashChain.linkOf(line.buffer(), line.start(), line.length());
    if (link == null) {
      unlinked(line);
    } else {
      linked(line, link);
    }
  }

  /** Takes the news that the next line cannot be what was written there. */
  void altered(long line, String reason) {
    broken(line, reason, null, null);
  }

  private void linked(Records line, HashChain.Link link) {
    String hash = HashChain.hashOf(digest, line.buffer(), line.start(), line.length(), link);
    if (!hash.equals(link.hash())) {
      broken(line.line(), "the line was changed", hash, link.hash());
    } else if (firstJunk > 0) {
      broken(firstJunk, "the line is no event", null, null);
    } else if (head.equals(link.prev())) {
      beginning(line);
      linked(line.line(), hash, position + 1);
    } else {
      unfitting(line, link, hash);
    }
  }

  /** Events without a chain come first only where the session went on with one. */
  private void beginning(Records line) {
    TraceEvent before = lastUnchained;
    if (before == null) {
      return;
    }
    lastUnchained = null;
    if (!goesOnFrom(before, line)) {
      broken(line.line() - 1, "the line was inserted before the chain", null, null);
    }
  }

  private boolean goesOnFrom(TraceEvent before, Records line) {
    try {
      TraceEvent event = EventDecoder.decode(line.buffer(), line.start(), line.length());
      return event.sequence() > unchained
          && event.sessionId().equals(before.sessionId())
          && before.eventId().equals(event.previousEventId());
    } catch (MalformedEventException e) {
      return false;
    }
  }

  private void unfitting(Records line, HashChain.Link link, String hash) {
    Known bridge = known.bridge(position, link.prev());
    if (bridge != null && position == 0 && unchained > 0) {
      stripped(bridge);
    } else if (bridge != null) {
      gone(bridge, line.line());
      linked(line.line(), hash, bridge.head().lines() + 1);
    } else if (cutOff > 0) {
      broken(firstCutOff, "the line was cut, and not by a crash", head, link.prev());
    } else {
      String reason = "a line before it was removed, inserted or moved";
      broken(line.line(), reason, head, link.prev());
    }
  }

  private void linked(long line, String hash, long lines) {
    if (firstBreak != null) {
      return;
    }
    Known other = known.contradicting(lines, hash);
    if (other != null) {
      String reason = "the head in " + other.place() + " is another than that of this line";
      broken(line, reason, other.head().hash(), hash);
      return;
    }
    head = hash;
    position = lines;
    chained++;
    damaged += cutOff;
    cutOff = 0;
  }

  /** The lines of the chain up to that head are gone. */
  private void gone(Known knownFrom, long line) {
    long to = knownFrom.head().lines();
    Known exported = known.exported(position, to);
    if (exported != null) {
      String reason = "lines before it are gone that " + exported.place() + " tells of";
      broken(line, reason, exported.head().hash(), null);
      return;
    }
    Missing first = missing;
    long lines = to - position;
    missing =
        first == null
            ? new Missing(position + 1, to, lines, knownFrom.place().toString())
            : new Missing(first.from(), first.to(), first.lines() + lines, first.knownFrom());
  }

  private void unlinked(Records line) {
    try {
      if (line.tooLong()) {
        throw MalformedEventException.tooLong();
      }
      TraceEvent event = EventDecoder.decode(line.buffer(), line.start(), line.length());
      GovernorMember governor = event.governor();
      if (governor != null && governor.chain() != null) {
        broken(line.line(), "the line was changed", null, null);
      } else if (position > 0) {
        broken(line.line(), "the line has no chain, after one that has", null, null);
      } else {
        remnant(HashChain.nearlyLinked(line.buffer(), line.start(), line.length()), line);
        lastUnchained = event;
        unchained++;
      }
    } catch (MalformedEventException e) {
      noEvent(line);
    }
  }

  private void noEvent(Records line) {
    boolean held = !line.tooLong();
    remnant(held && HashChain.bearsChain(line.buffer(), line.start(), line.length()), line);
    if (held && EventDecoder.isCutOff(line.buffer(), line.start(), line.length())) {
      firstCutOff = cutOff++ == 0 ? line.line() : firstCutOff;
    } else if (position > 0) {
      broken(line.line(), "the line is no event", null, null);
    } else {
      foreign++;
      firstJunk = firstJunk == 0 ? line.line() : firstJunk;
    }
  }

  private void remnant(boolean found, Records line) {
    firstRemnant = found && firstRemnant == 0 ? line.line() : firstRemnant;
  }

  private void broken(long line, String reason, @Nullable String expected, @Nullable String found) {
    if (firstBreak == null) {
      firstBreak = new Break(line, reason, expected, found);
    }
  }

  /** What was found, after the last line. */
  ChainReport report() {
    ending();
    Status status = status();
    return new ChainReport(
        source,
        status,
        chained,
        unchained,
        // Nothing says whether a cut line at the end was the last thing a crash left or a whole
        // line once. It is called damage: whoever could cut it could also have removed it, which
        // only a head kept elsewhere tells.
        damaged + (status == Status.TAMPERED ? 0 : cutOff),
        foreign,
        position,
        position == 0 ? null : head,
        firstBreak,
        missing);
  }

  private void ending() {
    if (firstBreak != null) {
      return;
    }
    if (chained == 0 && firstRemnant > 0 && (firstJunk > 0 || unchained > 0)) {
      broken(firstRemnant, "the line was changed", null, null);
    }
    Known furthest = known.furthest();
    if (furthest != null && furthest.head().lines() > position) {
      if (position == 0 && (unchained > 0 || firstJunk > 0)) {
        stripped(furthest);
      } else {
        gone(furthest, lastLine + 1);
      }
    }
  }

  /** Events are there, and the chain they had is not. */
  private void stripped(Known known) {
    String reason = "lines that " + known.place() + " tells of have no chain any more";
    broken(Math.max(1, firstJunk), reason, known.head().hash(), null);
  }

  private Status status() {
    if (firstBreak != null) {
      return Status.TAMPERED;
    }
    if (missing != null) {
      return Status.MISSING;
    }
    if (chained == 0 && (cutOff == 0 || unchained > 0 || firstJunk > 0)) {
      return Status.NOT_CHAINED;
    }
    return damaged + cutOff > 0 || endless ? Status.DAMAGED : Status.INTACT;
  }
}
