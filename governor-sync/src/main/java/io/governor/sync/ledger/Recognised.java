package io.governor.sync.ledger;

import io.governor.sync.count.TraceSlice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a text came to. Immutable.
 *
 * @param form what its events are
 * @param beginning the known text that it begins with as a whole, all its events included, or null
 * @param pieces of the whole text, one after the other, without gaps
 * @param keys of its events that can count, in order
 * @param keyEnds where the line of each ends, or a later one that is done as well
 */
record Recognised(
    Scan scan,
    TraceSlice.Form form,
    @Nullable Content beginning,
    List<Piece> pieces,
    LongList keys,
    LongList keyEnds) {

  /** The same beside the text that it begins with. */
  Recognised withoutBeginning() {
    return new Recognised(scan, form, null, pieces, keys, keyEnds);
  }

  /** How many keys are of events up to an offset. */
  int keysUntil(long offset) {
    int low = 0;
    int high = keys.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (keyEnds.get(middle) <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The text as it is known from now on. */
  Content content(long end, List<Part> parts) {
    long[] all = new long[keysUntil(end)];
    for (int i = 0; i < all.length; i++) {
      all[i] = keys.get(i);
    }
    return scan.content(end, form == TraceSlice.Form.ITEMS, all, parts);
  }
}
