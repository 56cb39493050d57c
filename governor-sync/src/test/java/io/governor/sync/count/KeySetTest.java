package io.governor.sync.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.sync.Seeds;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeySetTest {

  private record Key(long high, long low) {}

  @Test
  void agrees_with_an_ordinary_set() {
    SplittableRandom random = Seeds.random();
    Set<Key> expected = new HashSet<>();
    KeySet keys = new KeySet();

    for (int i = 0; i < 300_000; i++) {
      // A narrow range of hashes, so that keys repeat and crowd.
      SplittableRandom hash = new SplittableRandom(random.nextInt(100_000));
      Key key = new Key(hash.nextLong(), hash.nextLong());

      assertThat(keys.add(key.high(), key.low())).isEqualTo(expected.add(key));
    }

    assertThat(keys.size()).isEqualTo(expected.size()).isGreaterThan(90_000);
  }

  @Test
  void keeps_apart_keys_that_want_the_same_place() {
    KeySet keys = new KeySet();

    for (long i = 0; i < 1_000; i++) {
      assertThat(keys.add(-1, i << 8)).isTrue();
      assertThat(keys.add(-1L >>> 1, i << 8)).isTrue();
    }
    for (long i = 0; i < 1_000; i++) {
      assertThat(keys.add(-1, i << 8)).isFalse();
      assertThat(keys.add(-1L >>> 1, i << 8)).isFalse();
    }

    assertThat(keys.size()).isEqualTo(2_000);
  }

  @Test
  void takes_keys_with_zeros() {
    KeySet keys = new KeySet();

    assertThat(keys.add(0, 0)).isTrue();
    assertThat(keys.add(0, 0)).isFalse();
    assertThat(keys.add(0, 5)).isTrue();
    assertThat(keys.add(5, 0)).isTrue();
    assertThat(keys.add(5, 0)).isFalse();
  }

  @Test
  void a_key_is_made_of_both_ids_and_of_where_one_ends() {
    assertThat(key("s", "e")).isEqualTo(key("s", "e"));
    assertThat(key("s", "e"))
        .isNotIn(key("e", "s"), key("se", ""), key("", "se"), key("s", "f"), key("t", "e"));
    assertThat(key("\ud800", "e")).isNotEqualTo(key("\ud801", "e")).isNotEqualTo(key("?", "e"));
  }

  @Test
  void ids_of_any_length_make_a_key() {
    String long1 = "x".repeat(100_000);

    assertThat(key(long1, "e")).isEqualTo(key(long1, "e")).isNotEqualTo(key(long1 + "x", "e"));
    assertThat(key(long1, "e")).isNotEqualTo(key("y" + long1.substring(1), "e"));
  }

  private static Key key(String sessionId, String eventId) {
    EventKeys keys = new EventKeys();
    byte[] session = IdBytes.of(sessionId);
    byte[] event = IdBytes.of(eventId);
    byte[] both = Arrays.copyOf(session, session.length + event.length);
    System.arraycopy(event, 0, both, session.length, event.length);
    keys.make(both, 0, session.length, session.length, event.length);
    return new Key(keys.high(), keys.low());
  }
}
