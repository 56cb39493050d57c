package io.governor.sync.ledger;

import io.governor.sync.ledger.Scan.Hit;
import io.governor.sync.ledger.Trail.Match;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a text apart into what was dealt with and what is new. A text is made of known ones in a
 * row, whole, with new lines between and behind them: so are one that grew, one that was moved,
 * copied, compressed, put together, or truncated and begun anew. Where it is anything else that has
 * known lines in it (the beginning of a known text and then something else; lines of one, without
 * its beginning) nobody can tell which of the other lines were counted; then none of them is
 * counted, and they are declared lost. So nothing counts twice. Confined to one thread.
 */
final class Recogniser {

  private static final int MOST_TRIALS = 64;

  private final Known known;
  private final Path file;
  private final Scan scan;
  private final List<Piece> pieces = new ArrayList<>();
  private boolean mixed;
  private long at;
  private long line;
  private int hit;
  private int trials;

  private Recogniser(Known known, Path file, Scan scan) {
    this.known = known;
    this.file = file;
    this.scan = scan;
    this.mixed = scan.hasTooManyHits();
  }

  /**
   * What a text came to.
   *
   * @param pieces one after the other, without gaps
   */
  record Recognised(Scan scan, List<Piece> pieces) {

    /** The known text that it is, unless it is another. */
    @Nullable Content same() {
      Match match = scan.match();
      return match != null && match.whole() && match.offset() == scan.size()
          ? match.content()
          : null;
    }
  }

  /**
   * Reads a file.
   *
   * @param rewritten whether the file held another text that was dealt with; an array that changed
   *     has no line that tells what is new in it
   */
  static Recognised read(Path file, Known known, boolean rewritten) throws IOException {
    Scan scan;
    try (InputStream text = TraceText.open(file)) {
      scan = Scan.of(text, known);
    }
    Recogniser recogniser = new Recogniser(known, file, scan);
    recogniser.takeApart();
    recogniser.mixed |= rewritten && scan.isArray();
    return new Recognised(scan, recogniser.judged());
  }

  private void takeApart() throws IOException {
    Match match = scan.match();
    while (at < scan.size()) {
      if (match != null && match.offset() > 0) {
        follow(match);
        match = matchHere(match);
      } else {
        match = passUnknown(match != null);
      }
    }
  }

  /** Takes what is known; what follows it is in doubt when the known text goes on otherwise. */
  private void follow(Match match) throws IOException {
    long start = at;
    long from = start;
    for (Part part : Part.until(match.content().parts(), match.offset())) {
      pieces.add(new Piece(from, start + part.to(), part.done(), false, 0));
      from = start + part.to();
    }
    at += match.offset();
    line += match.lines();
    boolean goesOn = !match.whole() || match.contested();
    boolean header = start == 0 && line <= 1 && !scan.isHeadNamed();
    if (at < scan.size() && ((goesOn && !header) || !isBetweenLines())) {
      mixed = true;
    }
  }

  /** Whether a line begins here, or the one before ends here. */
  private boolean isBetweenLines() throws IOException {
    try (InputStream text = TraceText.open(file)) {
      text.skipNBytes(at - 1);
      int last = text.read();
      int next = text.read();
      return last == '\n' || next == '\n' || next == '\r';
    }
  }

  private @Nullable Match matchHere(Match before) throws IOException {
    if (!before.whole()) {
      return null;
    }
    Hit next = nextHit(at);
    return next != null && next.offset() == at ? match(next) : null;
  }

  private @Nullable Hit nextHit(long from) {
    List<Hit> hits = scan.hits();
    while (hit < hits.size() && hits.get(hit).offset() < from) {
      hit++;
    }
    return hit < hits.size() ? hits.get(hit) : null;
  }

  /**
   * Passes what is not known, up to where a known text begins that is there as a whole.
   *
   * @param likeKnown whether it begins like a known text and then is another
   */
  private @Nullable Match passUnknown(boolean likeKnown) throws IOException {
    long from = at;
    long fromLine = line;
    mixed |= likeKnown && (from > 0 || scan.isHeadNamed());
    Hit next = nextHit(from + 1);
    while (next != null) {
      Match match = match(next);
      if (match != null && match.whole()) {
        unknown(from, next.offset(), next.before() - fromLine);
        line = next.before();
        return match;
      }
      mixed |= next.named();
      next = nextHit(next.offset() + 1);
    }
    unknown(from, scan.size(), scan.lines() - fromLine);
    return null;
  }

  private void unknown(long from, long to, long lines) {
    pieces.add(new Piece(from, to, Done.NOTHING, false, lines));
    at = to;
  }

  /** How far a known text lies where a known line was seen. */
  private @Nullable Match match(Hit place) throws IOException {
    List<Content> candidates = known.beginningWith(place.hash());
    if (candidates.isEmpty()) {
      return null;
    }
    if (++trials > MOST_TRIALS) {
      mixed = true;
      return null;
    }
    Trail trail = new Trail(candidates);
    try (InputStream text = TraceText.open(file)) {
      text.skipNBytes(place.offset());
      TextLines lines = new TextLines(text);
      lines.follow(trail);
      while (trail.nextStop() < Long.MAX_VALUE && lines.next()) {
        // The trail is told on the way.
      }
      lines.digestAtEnd();
    }
    return trail.best();
  }

  private List<Piece> judged() {
    if (!mixed) {
      return pieces;
    }
    return pieces.stream()
        .map(
            piece ->
                piece.done().isNothing()
                    ? new Piece(piece.from(), piece.to(), Done.ALL, true, piece.lines())
                    : piece)
        .toList();
  }
}
