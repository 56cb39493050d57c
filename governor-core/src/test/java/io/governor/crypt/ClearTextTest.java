package io.governor.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.crypt.DecryptionException.Reason;
import io.governor.event.RandomEvents;
import io.governor.json.JsonWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClearTextTest {

  private static final String RECORD = "{\"event_id\": \"e1\", \"tool_name\": \"mail.send\"}";

  private final FixedKeys keys = FixedKeys.of(1);

  private EncryptedText file(boolean encrypt) {
    return new EncryptedText(keys, new RandomNonces(), encrypt);
  }

  private static String read(InputStream text) throws IOException {
    return new String(text.readAllBytes(), StandardCharsets.UTF_8);
  }

  private String read(String file) throws IOException {
    return read(
        ClearText.of(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), keys));
  }

  private void refuses(List<String> lines, int readable) {
    ClearText text =
        ClearText.of(
            new ByteArrayInputStream(
                (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8)),
            keys);
    StringBuilder found = new StringBuilder();
    assertThatThrownBy(
            () -> {
              for (int b = text.read(); b >= 0; b = text.read()) {
                found.append((char) b);
              }
            })
        .isInstanceOfSatisfying(
            DecryptionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.ALTERED));
    assertThat(found.toString().lines()).hasSize(readable);
  }

  private List<String> lines(String... records) {
    EncryptedText file = file(true);
    for (String record : records) {
      file.line(record);
    }
    return new ArrayList<>(file.file().lines().toList());
  }

  @Test
  void a_file_with_this_key_and_these_nonces_looks_like_this_for_ever() throws IOException {
    byte[] salt = new byte[32];
    Arrays.fill(salt, (byte) 7);
    byte[] nonce = new byte[Section.NONCE_BYTES];
    Arrays.fill(nonce, (byte) 9);
    Header header = Header.of(keys.current(), salt);
    Section section = new Section(header, 0, keys.current(), Purpose.TRACE, () -> nonce);
    JsonWriter out = new JsonWriter(64);
    out.raw(header.text()).raw('\n');
    byte[] record = RECORD.getBytes(StandardCharsets.US_ASCII);

    section.seal(record, record.length, out.length(), out);

    String written = new String(out.toByteArray(), StandardCharsets.US_ASCII);
    assertThat(written)
        .isEqualTo(
            """
            {"governor_encrypted":1,"key":"key-1","salt":"BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc"}
            {"governor_frame":"CQkJCQkJCQkJCQkJet4lPiqNPcyp4GcOj-VNEZ4nSUhGRpsHBTWY6V6dGO21lTjQWm_-Eoj6DNzc4EoPRkVPGhPJckZ8LvOx"}
            """);
    assertThat(read(written)).isEqualTo(RECORD + "\n");
  }

  @Test
  void what_is_read_is_what_would_lie_there_without_encryption() throws IOException {
    EncryptedText file = file(true).line(RECORD).line("{\"b\": \"x\\u00e4\"}").line("{}");

    assertThat(read(file.clear(keys))).isEqualTo(file.plain());
    assertThat(file.file()).doesNotContain("mail").startsWith("{\"governor_encrypted\":1,");
  }

  @Test
  void files_put_together_can_be_read() throws IOException {
    EncryptedText one = file(true).line("{\"a\": 1}");
    EncryptedText two = file(false).line("{\"b\": 1}");
    EncryptedText three = file(true).line("{\"c\": 1}");

    assertThat(read(two.file() + one.file() + three.file()))
        .isEqualTo(two.plain() + one.plain() + three.plain());
  }

  @Test
  void encryption_is_switched_on_and_off_in_the_middle() throws IOException {
    EncryptedText file = file(false).line("{\"a\": 1}").line("{\"b\": 1}");
    file.reopened(true).line("{\"c\": 1}").reopened(false).line("{\"d\": 1}").line("{\"e\": 1}");
    file.reopened(true).line("{\"f\": 1}").reopened(true).line("{\"g\": 1}");

    assertThat(read(file.clear(keys))).isEqualTo(file.plain());
    assertThat(file.file().lines().filter(line -> line.contains("governor_encrypted"))).hasSize(2);
  }

  @Test
  void a_new_key_begins_a_section_and_the_old_one_stays_readable() throws IOException {
    EncryptedText file = file(true).line("{\"a\": 1}");
    keys.add(2);
    file.reopened(true).line("{\"b\": 1}");

    assertThat(read(file.clear(keys))).isEqualTo(file.plain());
    assertThat(file.file()).contains("\"key\":\"key-1\"").contains("\"key\":\"key-2\"");
  }

  @Test
  void without_its_key_a_file_is_not_empty_but_refused() {
    EncryptedText file = file(true).line(RECORD);

    assertThatThrownBy(() -> read(file.clear(FixedKeys.of(2))))
        .isInstanceOfSatisfying(
            DecryptionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_KEY))
        .hasMessage("it is encrypted with the key key-1, which is not known here");
  }

  @Test
  void another_key_of_the_same_name_opens_nothing() {
    EncryptedText file = file(true).line(RECORD);
    KeyProvider wrong =
        new KeyProvider() {
          @Override
          public MasterKey current() {
            return MasterKey.of("key-1", new byte[32]);
          }

          @Override
          public MasterKey find(String id) {
            return current();
          }
        };

    assertThatThrownBy(() -> read(file.clear(wrong))).isInstanceOf(DecryptionException.class);
  }

  @Test
  void a_frame_out_of_its_place_is_refused() {
    List<String> swapped = lines("{\"a\": 1}", "{\"b\": 1}", "{\"c\": 1}");
    Collections.swap(swapped, 2, 3);
    refuses(swapped, 1);

    List<String> doubled = lines("{\"a\": 1}", "{\"b\": 1}");
    doubled.add(doubled.get(2));
    refuses(doubled, 2);

    List<String> removed = lines("{\"a\": 1}", "{\"b\": 1}", "{\"c\": 1}");
    removed.remove(2);
    refuses(removed, 1);

    List<String> foreign = lines("{\"a\": 1}", "{\"b\": 1}");
    foreign.set(1, lines("{\"a\": 1}").get(1));
    refuses(foreign, 0);

    List<String> inserted = lines("{\"a\": 1}", "{\"b\": 1}");
    inserted.add(2, RECORD);
    refuses(inserted, 1);

    List<String> cut = lines("{\"a\": 1}", "{\"b\": 1}", "{\"c\": 1}");
    cut.set(2, cut.get(2).replace("\"}", "AA"));
    refuses(cut, 2);

    List<String> beheaded = lines("{\"a\": 1}");
    beheaded.remove(0);
    refuses(beheaded, 0);
  }

  @Test
  void a_frame_of_the_state_is_none_of_a_trace() throws IOException {
    JsonWriter out = new JsonWriter(64);
    new Sealing(keys, Purpose.STATE, new RandomNonces(), true)
        .seal(new byte[] {'{', '}'}, 2, 0, out);
    String state = new String(out.toByteArray(), StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> read(state)).isInstanceOf(DecryptionException.class);
  }

  @Test
  void every_tear_of_a_write_is_the_beginning_of_a_line_and_costs_nothing_else()
      throws IOException {
    int length = file(true).line("{\"b\": 1}").bytes().length;
    for (int bytes = 0; bytes < length; bytes++) {
      EncryptedText file = file(true).torn("{\"b\": 1}", bytes).line("{\"c\": 1}");

      String text = read(file.clear(keys));

      assertThat(text).endsWith("{\"c\": 1}\n");
      assertThat(text.substring(0, text.indexOf("{\"c"))).satisfies(ClearTextTest::isCut);
    }
  }

  private static void isCut(String line) {
    assertThat(List.of("", "{\"b\": 1}\n", "{\"governor_"))
        .anyMatch(whole -> whole.startsWith(line.strip()));
  }

  @Test
  void a_last_line_without_its_end_is_read_as_far_as_it_goes() throws IOException {
    String file = file(true).line("{\"a\": 1}").line("{\"b\": 1}").file();

    assertThat(read(file.substring(0, file.length() - 1))).isEqualTo("{\"a\": 1}\n{\"b\": 1}");
    assertThat(read(file.substring(0, file.length() - 9))).isEqualTo("{\"a\": 1}\n{");
  }

  @Test
  void every_change_of_one_byte_is_noticed() {
    FixedKeys both = FixedKeys.of(2, 1);
    EncryptedText file = new EncryptedText(both, new RandomNonces(), true);
    file.line("{\"a\": 1}").line("{\"b\": \"\"}").line("{\"c\": 12}");
    byte[] bytes = file.bytes();
    for (int i = 0; i < bytes.length - 1; i++) {
      for (byte other : others(bytes[i])) {
        byte[] changed = bytes.clone();
        changed[i] = other;
        if (other != bytes[i]) {
          assertThatThrownBy(
                  () -> read(ClearText.of(new ByteArrayInputStream(changed), both)),
                  "byte %s as %s",
                  i,
                  other)
              .isInstanceOf(DecryptionException.class);
        }
      }
    }
  }

  /** Every other bit, and what lines are made of. */
  private static byte[] others(byte b) {
    byte[] others = {0, 0, 0, 0, 0, 0, 0, 0, '\n', '\r', 'A', '"', '}', '{', ' '};
    for (int bit = 0; bit < 8; bit++) {
      others[bit] = (byte) (b ^ 1 << bit);
    }
    return others;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 11, 12, 13, 64, 65535, 65536})
  void it_does_not_matter_how_the_bytes_come(int most) throws IOException {
    SplittableRandom random = new SplittableRandom(most);
    EncryptedText file = file(false);
    for (int i = 0; i < 300; i++) {
      file.line("{\"n\": \"" + "x".repeat(random.nextInt(1 << random.nextInt(13))) + "\"}");
      if (random.nextInt(20) == 0) {
        file.reopened(random.nextBoolean());
      }
    }
    InputStream slow =
        new ByteArrayInputStream(file.bytes()) {
          @Override
          public synchronized int read(byte[] into, int from, int length) {
            return super.read(into, from, Math.min(length, most));
          }
        };

    assertThat(read(ClearText.of(slow, keys))).isEqualTo(file.plain());
  }

  /** Writers come and go, some are killed in a write, keys and the switch change. */
  @Test
  void whatever_happens_to_its_writers_every_record_is_read_and_no_other() throws IOException {
    SplittableRandom random = new SplittableRandom(RandomEvents.seed());
    for (int round = 0; round < 300; round++) {
      EncryptedText file = file(random.nextBoolean());
      for (int step = 0; step < random.nextInt(12); step++) {
        String line = "{\"event_id\": \"" + round + "-" + step + "\"}";
        switch (random.nextInt(8)) {
          case 0 -> file.reopened(random.nextBoolean());
          case 1 -> keys.add(2 + random.nextInt(100));
          case 2 -> file.torn("{\"cut\": 1}", random.nextInt(300)).reopened(true);
          case 3 -> file.torn("{\"cut\": 1}", random.nextInt(300));
          default -> file.line(line);
        }
      }

      List<String> records =
          read(file.clear(keys)).lines().filter(line -> line.contains("event_id")).toList();

      assertThat(records).isEqualTo(file.plain().lines().toList());
    }
  }

  @Test
  void plain_text_is_given_as_it_is_whatever_it_is() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 200; round++) {
      byte[] bytes = new byte[random.nextInt(200_000)];
      random.nextBytes(bytes);
      assertThat(ClearText.of(new ByteArrayInputStream(bytes), keys).readAllBytes())
          .isEqualTo(bytes);
    }
    String nearly = "{\"governor\": {}}\n {\"governor_frame\":\"\"}\n{\"governor_";
    assertThat(read(nearly.substring(0, nearly.length() - 1)))
        .isEqualTo(nearly.substring(0, nearly.length() - 1));
  }
}
