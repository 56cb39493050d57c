package io.governor.hooks.install;

import org.jspecify.annotations.Nullable;

/**
 * What a file held before the first hook of ours was put in.
 *
 * @param bytes its bytes, or null where there was no file
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Kept(byte @Nullable [] bytes) {

  @Override
  public String toString() {
    return bytes == null ? "Kept[no file]" : "Kept[" + bytes.length + " bytes]";
  }
}
