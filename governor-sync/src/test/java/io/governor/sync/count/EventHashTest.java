package io.governor.sync.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventHashTest {

  /** The secret of the published vectors: the bytes 0 to 15. */
  private static final EventHash.Secret PUBLISHED =
      new EventHash.Secret(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

  /** The message of the published vectors is the bytes 0, 1, 2 and so on. */
  @ParameterizedTest
  @CsvSource({
    "0, a3817f04ba25a8e66df67214c7550293",
    "1, da87c1d86b99af44347659119b22fc45",
    "2, 8177228da4a45dc7fca38bdef60affe4",
    "3, 9c70b60c5267a94e5f33b6b02985ed51",
  })
  void theHashIsSipHashWith128Bits(int length, String expected) {
    EventHash hash = new EventHash(PUBLISHED);
    byte[] message = new byte[length];
    for (int i = 0; i < length; i++) {
      message[i] = (byte) i;
    }

    hash.make(message, 0, length);

    ByteBuffer key = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    key.putLong(hash.low()).putLong(hash.high());
    assertThat(HexFormat.of().formatHex(key.array())).isEqualTo(expected);
  }

  @Test
  void pairsThatReadTheSameJoinedHaveDifferentKeys() {
    byte[] text =
        "0123456789abcdefghijklmnopqrstuvwxyz\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.UTF_8);
    EventHash hash = new EventHash(EventHash.Secret.random());
    Set<String> keys = new HashSet<>();
    int pairs = 0;

    for (int length = 0; length <= text.length; length++) {
      for (int session = 0; session <= length; session++) {
        hash.make(text, 0, session, session, length - session);
        keys.add(hash.high() + " " + hash.low());
        pairs++;
      }
    }

    assertThat(keys).hasSize(pairs);
  }

  @Test
  void theSameIdsHaveDifferentKeysInAnotherCount() {
    byte[] ids = "session-1event-1".getBytes(StandardCharsets.UTF_8);
    EventHash one = new EventHash(EventHash.Secret.random());
    EventHash other = new EventHash(EventHash.Secret.random());

    one.make(ids, 0, 9, 9, 7);
    other.make(ids, 0, 9, 9, 7);

    assertThat(one.high()).isNotEqualTo(other.high());
    assertThat(EventHash.Secret.random()).hasToString("Secret");
  }
}
