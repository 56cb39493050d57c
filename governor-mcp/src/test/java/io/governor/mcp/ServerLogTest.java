package io.governor.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ServerLogTest {

  private static final String TOKEN = "ghp_0123456789abcdefghijABCDEFGHIJ012345";
  private static final String AWS = "AKIAIOSFODNN7EXAMPLQ";

  private static final String SAID =
      "ready\nusing token="
          + TOKEN
          + " now\r\nkey "
          + AWS
          + "\n-----BEGIN RSA PRIVATE KEY-----\nMIIEcanarykey\n-----END RSA PRIVATE KEY-----\n"
          + "\u00fcml\u00e4ut \ud83d\ude00\nlast "
          + TOKEN;

  @Test
  void howeverAStreamIsCutItsSecretsAreTakenOut() {
    byte[] said = SAID.getBytes(StandardCharsets.UTF_8);
    String whole = relayed(said);
    assertThat(whole)
        .contains("ready\n", " now", "\u00fcml\u00e4ut \ud83d\ude00\n", "last ")
        .doesNotContain(TOKEN, AWS, "canarykey");

    for (int cut = 0; cut <= said.length; cut++) {
      assertThat(relayed(said, cut)).as("cut at %d", cut).isEqualTo(whole);
    }
  }

  @Test
  void manyCutsChangeNothingEither() {
    byte[] said = SAID.getBytes(StandardCharsets.UTF_8);
    String whole = relayed(said);
    SplittableRandom random = Seeds.random();
    for (int round = 0; round < 200; round++) {
      int[] cuts = random.ints(random.nextInt(1, 40), 0, said.length + 1).sorted().toArray();

      assertThat(relayed(said, cuts)).isEqualTo(whole);
    }
  }

  @Test
  void aLineIsPassedOnUpToTheBoundAndNotInPiecesBeyondIt() {
    String longest = "x".repeat(ServerLog.MAX_LINE - TOKEN.length() - 1) + " " + TOKEN;
    String longer = "y" + longest;

    String shown =
        relayed((longest + "\n" + longer + "\nend\n").getBytes(StandardCharsets.UTF_8), 7);

    List<String> lines = shown.lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("xxx");
    assertThat(lines.get(1)).contains("left out").doesNotContain("yx");
    assertThat(lines.get(2)).isEqualTo("end");
    assertThat(shown).doesNotContain(TOKEN);
  }

  @Test
  void whatIsNoTextDoesNotHideASecretBesideIt() {
    for (byte[] odd :
        List.of(
            new byte[] {(byte) 0xff},
            new byte[] {(byte) 0xc3},
            new byte[] {(byte) 0xe2, (byte) 0x82},
            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            new byte[] {0},
            new byte[] {0x1b, '[', '3', '1', 'm'})) {
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      said.writeBytes(odd);
      said.writeBytes((" " + TOKEN + " ").getBytes(StandardCharsets.UTF_8));
      said.writeBytes(odd);
      said.write('\n');

      assertThat(relayed(said.toByteArray(), 3))
          .as(Arrays.toString(odd))
          .contains("[REDACTED:")
          .doesNotContain(TOKEN);
    }
  }

  @Test
  void aKeyAmongStrayLinesIsLeftOutToItsEnd() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ServerLog log = new ServerLog(out);
    for (String line :
        List.of(
            "ready",
            "-----BEGIN PRIVATE KEY-----",
            "MIIEcanarykey",
            "-----END PRIVATE KEY-----",
            "go " + AWS)) {
      log.line(line.getBytes(StandardCharsets.UTF_8));
    }

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("ready\n", "go ")
        .doesNotContain("canary", AWS);
  }

  private static String relayed(byte[] said, int... cuts) {
    List<InputStream> parts = new ArrayList<>();
    int from = 0;
    for (int cut : cuts) {
      parts.add(new ByteArrayInputStream(said, from, cut - from));
      from = cut;
    }
    parts.add(new ByteArrayInputStream(said, from, said.length - from));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ServerLog(out).relay(new SequenceInputStream(Collections.enumeration(parts)));
    return out.toString(StandardCharsets.UTF_8);
  }
}
