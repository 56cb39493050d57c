package io.governor.mcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An answer too large to hold for nothing: no rule looks at its result, so it goes on as it comes.
 * The bracket that ends it waits until all of it was read; an answer that turns out to be something
 * else never becomes readable to the client, who gets an error in its place. Belongs to one thread.
 */
final class LargeAnswer {

  /** As much may stand behind the end; more is nothing that an answer has. */
  private static final int MAX_TAIL = 4096;

  /** Where a large answer goes, piece by piece. Belongs to one thread at a time. */
  interface Out extends AutoCloseable {

    void write(byte[] bytes, int from, int length) throws IOException;

    /** Ends it, whole or not. */
    @Override
    void close() throws IOException;
  }

  /** Opens the way to the client, once it is certain that the answer goes on. */
  interface Way {

    Out open() throws IOException;
  }

  private final Conversation conversation;
  private final Out client;
  private final AnswerScan scan;
  private final Set<Exchange> unwatched;
  private final ByteArrayOutputStream tail = new ByteArrayOutputStream();
  private boolean overflown;

  private LargeAnswer(
      Conversation conversation, Out client, AnswerScan scan, Set<Exchange> unwatched) {
    this.conversation = conversation;
    this.client = client;
    this.scan = scan;
    this.unwatched = unwatched;
  }

  /** Begins to hand on an answer of which this much came; null when it has to be held. */
  static @Nullable LargeAnswer begin(Conversation conversation, Way toClient, byte[] head)
      throws IOException {
    AnswerScan scan = new AnswerScan();
    scan.feed(head, 0, head.length);
    if (!scan.isSound() || !scan.isInResult() || scan.asks()) {
      return null;
    }
    Set<Exchange> unwatched = conversation.unwatched(scan.id());
    if (unwatched.isEmpty()) {
      return null;
    }
    LargeAnswer answer = new LargeAnswer(conversation, toClient.open(), scan, unwatched);
    answer.client.write(head, 0, head.length);
    return answer;
  }

  void more(byte[] bytes, int from, int to) throws IOException {
    boolean ending = tail.size() > 0;
    int before = scan.feed(bytes, from, to);
    int end = ending ? from : from + before;
    if (scan.isSound() && end > from) {
      client.write(bytes, from, end - from);
    }
    if (end < to && !overflown) {
      overflown = tail.size() + (to - end) > MAX_TAIL;
      if (!overflown) {
        tail.write(bytes, end, to - end);
      }
    }
  }

  /**
   * It is all there.
   *
   * @return what the client is to get in its place, or nothing
   */
  Passage end() throws IOException {
    try {
      // What a server asks of its client is judged, and was not held for that.
      boolean whole = scan.isWhole() && !overflown && !scan.asks();
      Passage instead =
          whole
              ? conversation.wentOn(scan.id(), unwatched, scan.resultBytes())
              : conversation.brokeOff(scan.id());
      if (instead != null) {
        return instead;
      }
      client.write(tail.toByteArray(), 0, tail.size());
      return Passage.NOTHING;
    } finally {
      client.close();
    }
  }
}
