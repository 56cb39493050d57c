package io.governor.sync.count;

/** Remembers a 128-bit key for each event, in memory. */
final class HashedEvents implements SeenEvents {

  private final EventKeys keys = new EventKeys();
  private final KeySet seen = new KeySet();

  @Override
  public boolean add(
      byte[] bytes,
      int sessionFrom,
      int sessionLength,
      int eventFrom,
      int eventLength,
      long sequence) {
    keys.make(bytes, sessionFrom, sessionLength, eventFrom, eventLength);
    return seen.add(keys.high(), keys.low());
  }

  @Override
  public void close() {
    // The collector takes it.
  }
}
