package io.governor.trace;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.Origin;
import io.governor.event.EventDecoder;
import io.governor.event.EventEncoder;
import io.governor.event.GovernorMember;
import io.governor.event.ReferenceData;
import io.governor.event.TraceEvent;
import io.governor.json.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class HashChainTest {

  // Computed from the two body files with the shell:
  // (head -c 32 /dev/zero; cat chain-body-1.json) | sha256sum, and so on with its result.
  private static final String FIRST =
      "5fd2681ba658b7fc9ad59401c76ff3465e45d2c8f7bbad3c91e33f51afff470b";
  private static final String SECOND =
      "13dee580433425945b61b1456e9b71dbdaf8747d0aaaf66bbaf9c2887696fd01";

  @Test
  void hashesAreThoseOfAnIndependentTool() throws IOException {
    byte[] one = resource("chain-body-1.json");
    byte[] two = resource("chain-body-2.json");

    byte[] first = HashChain.next(HashChain.start(), one, 0, one.length);
    byte[] second = HashChain.next(first, two, 0, two.length);

    assertThat(HexFormat.of().formatHex(first)).isEqualTo(FIRST);
    assertThat(HexFormat.of().formatHex(second)).isEqualTo(SECOND);
  }

  @Test
  void aSealedLineIsTheEventWithItsChain() throws Exception {
    byte[] body = resource("chain-body-1.json");
    JsonWriter line = new JsonWriter(16).raw("before".getBytes(US_ASCII)).raw(body);

    byte[] hash = HashChain.seal(line, 6, HashChain.start());

    String text = new String(line.toByteArray(), US_ASCII);
    String bodyText = new String(body, US_ASCII);
    assertThat(HexFormat.of().formatHex(hash)).isEqualTo(FIRST);
    assertThat(text)
        .isEqualTo(
            "before"
                + bodyText.substring(0, bodyText.length() - 2)
                + ", \"chain\": {\"prev\": \""
                + "0".repeat(64)
                + "\", \"hash\": \""
                + FIRST
                + "\"}}}");
    assertThat(line.length() - 6).isEqualTo(body.length - 2 + HashChain.TAIL_BYTES);
    assertThat(EventDecoder.decode(text.substring(6).getBytes(US_ASCII)).governor().chain())
        .isEqualTo(new GovernorMember.Chain("0".repeat(64), FIRST));
  }

  @Test
  void aSealedLineIsWhatTheEncoderWrites() throws Exception {
    JsonWriter sealed = new JsonWriter(16).raw(resource("chain-body-2.json"));
    HashChain.seal(sealed, 0, HexFormat.of().parseHex(FIRST));

    JsonWriter encoded = new JsonWriter(16);
    EventEncoder.encode(EventDecoder.decode(sealed.toByteArray()), encoded);

    assertThat(encoded.toByteArray()).isEqualTo(sealed.toByteArray());
  }

  @Test
  void anEventWithoutGovernorMemberCannotBeChained() {
    JsonWriter line = new JsonWriter(16).raw("{\"pass_through\": true}".getBytes(US_ASCII));

    assertThatThrownBy(() -> HashChain.seal(line, 0, HashChain.start()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("governor");
  }

  @Test
  void aHashOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> HashChain.next(new byte[31], new byte[2], 0, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a hash has 32 bytes, not 31");
  }

  @Test
  void theFirstReferenceFlowChainsToTheHashesOfTheRecord() throws IOException {
    List<TraceEvent> events = new ArrayList<>();
    TraceReader.read(
        TraceSource.of(ReferenceData.file("execution-record/golden_trace_flow_a.json")),
        (event, at) -> events.add(event));
    List<String> hashes = new ArrayList<>();
    List<Integer> lengths = new ArrayList<>();

    byte[] prev = HashChain.start();
    for (TraceEvent event : events) {
      JsonWriter line = new JsonWriter(1024);
      EventEncoder.encode(withGovernor(event), line);
      lengths.add(line.length());
      prev = HashChain.seal(line, 0, prev);
      hashes.add(HexFormat.of().formatHex(prev));
    }

    assertThat(hashes)
        .startsWith(
            "4f7764e86bf2c418b2c9704ba134f483ce12ce2e278718397442c377731e2150",
            "f632c6e019950f23c38abfad9af4eeb22485ddb622a4d0d1837e8fadc7da75c9");
    assertThat(lengths).startsWith(668, 649);
  }

  private static TraceEvent withGovernor(TraceEvent event) {
    return new TraceEvent(
        event.eventId(),
        event.sessionId(),
        event.sequence(),
        event.previousEventId(),
        event.agentId(),
        event.deploymentMode(),
        event.timestamp(),
        event.payload(),
        event.flags(),
        event.violations(),
        event.consequence(),
        event.passThrough(),
        event.profileFingerprint(),
        GovernorMember.of(Origin.API, null));
  }

  static byte[] resource(String name) throws IOException {
    try (InputStream in = HashChainTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }
}
