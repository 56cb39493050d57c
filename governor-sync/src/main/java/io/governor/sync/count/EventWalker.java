package io.governor.sync.count;

import static io.governor.sync.count.JsonBytes.NOWHERE;
import static io.governor.sync.count.JsonBytes.blank;

import java.util.Arrays;

/**
 * Reads events as most lines hold them: it walks over the members of the envelope, takes the few
 * that counting needs, and steps over everything else, in one pass over the bytes and without an
 * object. What it walks over is an event by the rules of the record (section 11), to the last byte;
 * whatever it does not know (escapes in what it must read, stamps and violations of another form)
 * it leaves to {@link io.governor.event.EventDecoder}, which decides. Confined to one thread.
 */
final class EventWalker {

  /** More violations than these in one event are left to the decoder, which has a set for them. */
  private static final int MOST_OTHERS = 16;

  private static final int START = EnvelopeNames.COUNT;

  private final EventView view;
  private final RuleTable table;
  private final StampReader stamps = new StampReader();

  /** Which member came after which in the lines before: writers keep to an order. */
  private final int[] next = new int[EnvelopeNames.COUNT + 1];

  private final int[] othersFrom = new int[MOST_OTHERS];
  private final int[] othersTo = new int[MOST_OTHERS];

  private int seen;
  private int last;
  private int name;

  EventWalker(EventView view) {
    this.view = view;
    this.table = view.table();
    Arrays.setAll(next, i -> (i + 1) % EnvelopeNames.COUNT);
    next[START] = 0;
  }

  /**
   * Walks over the line that begins here and shows its event in the view.
   *
   * @return where the line feed stands, or {@link JsonBytes#NOWHERE} for a line to be left to the
   *     decoder; the view then shows nothing
   */
  int walk(byte[] a, int from) {
    view.clear();
    view.ids = a;
    seen = 0;
    last = START;
    int p = blank(a, from);
    if (a[p] != '{') {
      return NOWHERE;
    }
    p++;
    do {
      p = blank(a, member(a, blank(a, p)));
    } while (a[p++] == ',');
    if (a[p - 1] != '}' || (seen & 1 << EnvelopeNames.EVENT_TYPE) == 0) {
      return NOWHERE;
    }
    p = blank(a, p);
    return a[p] == '\n' ? p : NOWHERE;
  }

  private int member(byte[] a, int p) {
    if (a[p] != '"') {
      return NOWHERE;
    }
    int q = name(a, p + 1);
    if (name == EnvelopeNames.UNKNOWN) {
      return JsonBytes.value(a, JsonBytes.colon(a, q), 1);
    }
    int bit = 1 << name;
    if ((seen & bit) != 0) {
      return NOWHERE;
    }
    seen |= bit;
    last = name;
    return value(a, JsonBytes.colon(a, q));
  }

  /** Steps over a name and says in {@link #name} which it is. */
  private int name(byte[] a, int p) {
    int likely = next[last];
    if (EnvelopeNames.is(likely, a, p)) {
      name = likely;
      return p + EnvelopeNames.length(likely);
    }
    int found = EnvelopeNames.find(a, p);
    name = found;
    if (found == EnvelopeNames.UNKNOWN) {
      return JsonBytes.verbatim(a, p);
    }
    next[last] = found;
    return p + EnvelopeNames.length(found);
  }

  private int value(byte[] a, int p) {
    return switch (name) {
      case EnvelopeNames.EVENT_ID -> eventId(a, p);
      case EnvelopeNames.SESSION_ID -> sessionId(a, p);
      case EnvelopeNames.EVENT_TYPE -> a[p] == '"' ? JsonBytes.string(a, p + 1) : NOWHERE;
      case EnvelopeNames.TIMESTAMP -> timestamp(a, p);
      case EnvelopeNames.VIOLATIONS -> violations(a, p);
      default -> JsonBytes.value(a, p, 1);
    };
  }

  private int eventId(byte[] a, int p) {
    if (a[p] != '"') {
      return JsonBytes.value(a, p, 1);
    }
    int end = JsonBytes.verbatim(a, p + 1);
    view.eventFrom = p + 1;
    view.eventLength = end - p - 2;
    return end;
  }

  private int sessionId(byte[] a, int p) {
    if (a[p] != '"') {
      return JsonBytes.value(a, p, 1);
    }
    int end = JsonBytes.verbatim(a, p + 1);
    view.sessionFrom = p + 1;
    view.sessionLength = end - p - 2;
    return end;
  }

  private int timestamp(byte[] a, int p) {
    if (a[p] != '"') {
      return JsonBytes.value(a, p, 1);
    }
    if (!stamps.read(a, p + 1)) {
      return NOWHERE;
    }
    view.second = stamps.second();
    view.nano = stamps.nano();
    return p + StampReader.LENGTH;
  }

  private int violations(byte[] a, int p) {
    if (a[p] != '[') {
      return JsonBytes.value(a, p, 1);
    }
    int q = blank(a, p + 1);
    if (a[q] == ']') {
      return q + 1;
    }
    do {
      q = blank(a, violation(a, blank(a, q)));
    } while (a[q++] == ',');
    return a[q - 1] == ']' ? q : NOWHERE;
  }

  private int violation(byte[] a, int p) {
    if (a[p] != '"') {
      return NOWHERE;
    }
    int end = JsonBytes.verbatim(a, p + 1);
    if (end == NOWHERE) {
      return NOWHERE;
    }
    int rule = table.find(a, p + 1, end - p - 2);
    if (rule == RuleTable.UNKNOWN) {
      return other(a, p + 1, end);
    }
    if (!view.hasRule(rule)) {
      view.rules[view.ruleCount++] = rule;
    }
    return end;
  }

  private int other(byte[] a, int from, int to) {
    int known = view.unpublished;
    for (int i = 0; i < known; i++) {
      if (Arrays.equals(a, othersFrom[i], othersTo[i], a, from, to)) {
        return to;
      }
    }
    if (known == MOST_OTHERS) {
      return NOWHERE;
    }
    othersFrom[known] = from;
    othersTo[known] = to;
    view.unpublished++;
    return to;
  }
}
