package io.governor.sync.count;

import java.io.IOException;

/** Where bytes come from, one after the other. Confined to one thread. */
@FunctionalInterface
interface ByteSource {

  /** Reads at least one byte and at most so many; negative at the end. */
  int read(byte[] into, int from, int length) throws IOException;
}
