package io.governor.sync.wire;

import static io.governor.sync.wire.Exchanges.body;
import static io.governor.sync.wire.Exchanges.credential;
import static io.governor.sync.wire.Exchanges.endpoint;
import static io.governor.sync.wire.Exchanges.trusting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.governor.collector.testing.Connection;
import io.governor.collector.testing.Conversation;
import io.governor.collector.testing.TestAuthority;
import io.governor.collector.testing.TestIdentity;
import io.governor.collector.testing.WireServer;
import io.governor.sync.ConnectionSettings;
import io.governor.sync.Endpoint;
import io.governor.sync.SyncException;
import io.governor.sync.SyncException.Delivery;
import io.governor.sync.SyncException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Servers that are not what they should be, each refused with its whole message, soon, and without
 * the secret being seen by anyone but the registered server over a connection that was verified.
 * Whatever a server says of its own contains {@value #SAID}, which nobody is ever shown.
 */
class BadServersTest {

  private static final String SAID = "SaidByTheServer";
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String UNKNOWN =
      "; nobody can tell whether the counts arrived, and sent again they count once";
  private static final String NO_TLS =
      "no TLS connection came about: expected a server that speaks TLS 1.2 or 1.3; nothing was"
          + " sent";
  private static final String BROKEN =
      "the connection ended before a whole HTTP answer had come, the last of 4 attempts" + UNKNOWN;
  private static final String NO_JSON =
      "the server's answer cannot be used: expected a JSON object" + UNKNOWN;
  private static final String NO_LENGTH = "the server's answer has a length that is none" + UNKNOWN;
  private static final String LATE =
      "no whole answer came in time, the last of 4 attempts" + UNKNOWN;
  private static final TestAuthority AUTHORITY = TestAuthority.root("Trusted CA");
  private static final TestAuthority OTHER = TestAuthority.root("Unknown CA");
  private static final TestAuthority BETWEEN = AUTHORITY.intermediate("Intermediate");

  @TempDir static Path folder;
  private static Path ca;

  @BeforeAll
  static void writeCa() throws IOException {
    ca = AUTHORITY.writePem(folder);
  }

  static Stream<Arguments> untrusted() {
    Instant now = Instant.now();
    Duration day = Duration.ofDays(1);
    String name = "127.0.0.1";
    return Stream.of(
        arguments(
            "expired",
            AUTHORITY.server(now.minus(day.multipliedBy(9)), now.minus(day), name),
            "one of its certificates has expired"),
        arguments(
            "not valid yet",
            AUTHORITY.server(now.plus(day), now.plus(day.multipliedBy(9)), name),
            "one of its certificates is not valid yet"),
        arguments(
            "wrong name", AUTHORITY.server("example.org"), "its certificate is for another name"),
        arguments(
            "wrong address", AUTHORITY.server("127.0.0.2"), "its certificate is for another name"),
        arguments(
            "self-signed", TestAuthority.selfSigned(name), "its certificate is signed by itself"),
        arguments(
            "unknown CA",
            OTHER.server(name),
            "its certificate is signed by no authority that is trusted here"),
        arguments(
            "unknown CA that sends a trusted one along",
            OTHER.server(name).sendingAlso(AUTHORITY.certificate()),
            "its certificate is signed by no authority that is trusted here"),
        arguments(
            "intermediate missing",
            BETWEEN.server(name).sendingNoOther(),
            "its certificate is signed by no authority that is trusted here"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void untrusted(String name, TestIdentity identity, String reason) throws Exception {
    try (WireServer server = WireServer.tls(identity, BadServersTest::answerWell)) {
      SyncException refusal = send(server, trusting(ca));

      assertThat(refusal)
          .hasMessage(
              server.address() + ": the server is not trusted: " + reason + "; nothing was sent");
      assertThat(refusal.delivery()).isEqualTo(Delivery.NOT_SENT);
      assertThat(server.received()).isEmpty();
      assertThat(server.knocks()).isEqualTo(1);
    }
  }

  static Stream<Arguments> pins() {
    TestIdentity direct = AUTHORITY.server("127.0.0.1");
    TestIdentity below = BETWEEN.server("127.0.0.1");
    String stranger = TestIdentity.pin(OTHER.certificate());
    String spare = OTHER.server("spare.example.org").pin();
    return Stream.of(
        arguments("own key", direct, List.of(direct.pin(), spare), true),
        arguments(
            "key of the authority",
            direct,
            List.of(spare, TestIdentity.pin(AUTHORITY.certificate())),
            true),
        arguments(
            "key between", below, List.of(TestIdentity.pin(BETWEEN.certificate()), spare), true),
        arguments("pin mismatch", direct, List.of(stranger, spare), false),
        arguments(
            "pinned certificate off the path",
            direct.sendingAlso(OTHER.certificate()),
            List.of(stranger, spare),
            false),
        arguments(
            "pinned trusted certificate off the path",
            direct.sendingAlso(BETWEEN.certificate()),
            List.of(TestIdentity.pin(BETWEEN.certificate()), spare),
            false));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void pins(String name, TestIdentity identity, List<String> pins, boolean trusted)
      throws Exception {
    try (WireServer server = WireServer.tls(identity, BadServersTest::answerWell)) {
      ConnectionSettings settings = new ConnectionSettings(false, ca, pins, null);
      if (trusted) {
        attempt(endpoint(server.address()), settings, Exchanges.AMPLE);
        return;
      }

      assertThat(send(server, settings))
          .hasMessage(
              server.address()
                  + ": the server is not trusted: none of the pinned keys is on the path to its"
                  + " certificate; nothing was sent");
      assertThat(server.received()).isEmpty();
    }
  }

  static Stream<Arguments> noTls() {
    return Stream.of(
        arguments("TLS 1.0 only", serverHello("0301")),
        arguments("TLS 1.1 only", serverHello("0302")),
        arguments("SSL 3", serverHello("0300")),
        arguments("plain HTTP", (Conversation) c -> c.write("HTTP/1.1 200 OK\r\n\r\n")),
        arguments("random bytes", (Conversation) c -> c.write(new byte[4_096])),
        arguments("hangs up", (Conversation) c -> c.read()));
  }

  /** An answer to a ClientHello that chooses a version and a cipher suite that goes with it. */
  private static Conversation serverHello(String version) {
    String hello = version + "5a".repeat(32) + "00" + "c009" + "00";
    String handshake = "020000%02x".formatted(hello.length() / 2) + hello;
    String plaintext = "16" + version + "00%02x".formatted(handshake.length() / 2) + handshake;
    return connection -> {
      connection.read();
      connection.write(HexFormat.of().parseHex(plaintext));
      connection.readToEnd();
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void noTls(String name, Conversation conversation) throws Exception {
    try (WireServer server = WireServer.plain(conversation)) {
      Endpoint https = endpoint("https://127.0.0.1:" + server.port());

      assertThat(refusal(https, trusting(ca), Exchanges.AMPLE)).hasMessage(https + ": " + NO_TLS);
      assertThat(server.received()).doesNotContain("CANARY");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 302, 303, 304, 305, 307, 308, 399})
  void redirects_are_never_followed(int status) throws Exception {
    TestIdentity identity = AUTHORITY.server("127.0.0.1", "localhost");
    try (WireServer elsewhere = WireServer.tls(identity, BadServersTest::answerWell);
        WireServer server =
            WireServer.tls(
                identity,
                c -> {
                  c.request();
                  c.answer(status, Map.of("Location", elsewhere.address("localhost")), SAID);
                })) {
      SyncException refusal = send(server, trusting(ca));

      assertThat(refusal)
          .hasMessage(
              server.address()
                  + ": the server redirects elsewhere, and redirects are never followed (HTTP "
                  + status
                  + "); the counts did not count there; if the server has moved, register with its"
                  + " new address");
      assertThat(refusal.delivery()).isEqualTo(Delivery.REFUSED);
      assertThat(elsewhere.knocks()).isZero();
      assertThat(server.connections()).hasSize(1);
    }
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        answer("no status line", SAID + "\r\n\r\n", BROKEN),
        answer("HTTP 0.9", "<html>" + SAID + "</html>", BROKEN),
        answer("SMTP", "220 " + SAID + " ESMTP\r\n", BROKEN),
        answer("HTTP 3", "HTTP/3.0 200 OK\r\n\r\n{}", BROKEN),
        answer("status of letters", "HTTP/1.1 ABC " + SAID + "\r\n\r\n{}", BROKEN),
        answer("early close in the headers", "HTTP/1.1 200 OK\r\nContent-Len", BROKEN),
        answer("early close before the answer", "", BROKEN),
        ok("early close in the body", "Content-Length: 9\r\n", "{\"a\"", BROKEN),
        ok("content length too long", "Content-Length: 10\r\n", "{}", BROKEN),
        ok("content length too short", "Content-Length: 1\r\n", "{\"a\": 1}", NO_JSON),
        ok("content length negative", "Content-Length: -2\r\n", "{}", NO_LENGTH),
        ok("two lengths", "Content-Length: 2\r\nContent-Length: 2\r\n", "{}", NO_LENGTH),
        ok(
            "a length and chunks",
            "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
            "2\r\n{}\r\n0\r\n\r\n",
            NO_LENGTH),
        ok("content length no number", "Content-Length: " + SAID + "\r\n", "{}", BROKEN),
        ok(
            "content length huge",
            "Content-Length: 999999999999\r\n",
            "{}",
            "the server's answer is longer than 64 KiB" + UNKNOWN),
        ok(
            "content length beyond all numbers",
            "Content-Length: 99999999999999999999\r\n",
            "{}",
            BROKEN),
        ok("chunk of no size", "Transfer-Encoding: chunked\r\n", SAID + "\r\n{}", BROKEN),
        ok("chunks that end early", "Transfer-Encoding: chunked\r\n", "9\r\n{}", BROKEN),
        ok("compressed", "Content-Encoding: gzip\r\n", "{}", compressed()),
        ok(
            "compressed in an unknown way",
            "Content-Encoding: x-" + SAID + "\r\n",
            "",
            compressed()),
        ok("empty", "Content-Length: 0\r\n", "", NO_JSON),
        ok("a page", "Content-Type: text/html\r\n", "<html>" + SAID + "</html>", NO_JSON),
        ok("an array", JSON, "[{}]", NO_JSON),
        ok("a text", JSON, "\"" + SAID + "\"", NO_JSON),
        ok("null", JSON, "null", NO_JSON),
        ok("half an object", JSON, "{\"" + SAID + "\": ", NO_JSON),
        ok("an object and more", JSON, "{} " + SAID, NO_JSON),
        ok("a member twice", JSON, "{\"a\": 1, \"a\": 2}", NO_JSON),
        ok("deep", JSON, "[".repeat(30_000), NO_JSON),
        ok("a number of many digits", JSON, "{\"a\": " + "9".repeat(30_000) + "}", NO_JSON),
        ok("many members", JSON, manyMembers(), NO_JSON),
        ok("a comment", JSON, "{} // " + SAID, NO_JSON),
        ok("a byte-order mark", JSON, "\u00ef\u00bb\u00bf{}", NO_JSON),
        ok("no UTF-8", JSON, "{\"a\": \"\u00ff\"}", NO_JSON),
        ok(
            "longer than allowed",
            JSON,
            "{\"a\": \"" + "a".repeat(70_000) + "\"}",
            "the server's answer is longer than 64 KiB" + UNKNOWN));
  }

  private static String compressed() {
    return "the server's answer is compressed, which nobody asked for" + UNKNOWN;
  }

  private static String manyMembers() {
    Map<String, Integer> members = new TreeMap<>();
    IntStream.range(0, 2_000).forEach(i -> members.put("\"m" + i + "\"", i));
    return members.toString().replace('=', ':');
  }

  private static Arguments ok(String name, String headers, String body, String message) {
    return answer(name, "HTTP/1.1 200 OK\r\n" + headers + "\r\n" + body, message);
  }

  private static Arguments answer(String name, String answer, String message) {
    return arguments(name, answer.getBytes(StandardCharsets.ISO_8859_1), message);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void answers(String name, byte[] answer, String message) throws Exception {
    Conversation conversation =
        connection -> {
          connection.request();
          connection.write(answer);
        };
    try (WireServer server = trusted(conversation)) {
      SyncException refusal = send(server, trusting(ca));

      assertThat(refusal).hasMessage(server.address() + ": " + message);
      assertThat(refusal.delivery()).isEqualTo(Delivery.UNKNOWN);
    }
  }

  static Stream<Arguments> endless() {
    return Stream.of(
        arguments("says nothing", (Conversation) Connection::stall, LATE),
        arguments(
            "slow headers",
            (Conversation) c -> drip(c, "HTTP/1.1 200 OK\r\nX-A: " + "a".repeat(9_000)),
            LATE),
        arguments(
            "slow body",
            (Conversation)
                c -> drip(c, "HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n" + "{".repeat(9_000)),
            LATE),
        arguments(
            "endless headers",
            (Conversation) c -> repeat(c, "HTTP/1.1 200 OK\r\n", "X-" + SAID + ": 1\r\n"),
            BROKEN),
        arguments(
            "one endless header",
            (Conversation) c -> repeat(c, "HTTP/1.1 200 OK\r\nX-A: ", SAID),
            BROKEN),
        arguments(
            "endless status line", (Conversation) c -> repeat(c, "HTTP/1.1 200 ", SAID), BROKEN),
        arguments(
            "endless body",
            (Conversation) c -> repeat(c, "HTTP/1.1 200 OK\r\n\r\n", SAID.repeat(500)),
            "the server's answer is longer than 64 KiB" + UNKNOWN),
        arguments(
            "endless chunks",
            (Conversation)
                c ->
                    repeat(
                        c,
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                        "f\r\n" + SAID + "\r\n"),
            "the server's answer is longer than 64 KiB" + UNKNOWN),
        arguments(
            "gzip bomb that says so",
            (Conversation) c -> bomb(c, "Content-Encoding: gzip\r\n"),
            compressed()),
        arguments("gzip bomb that does not say so", (Conversation) c -> bomb(c, ""), NO_JSON),
        arguments(
            "storm of 1xx",
            (Conversation) c -> repeat(c, "", "HTTP/1.1 103 " + SAID + "\r\nX-A: b\r\n\r\n"),
            "1xx"),
        arguments(
            "switching protocols",
            (Conversation)
                c ->
                    repeat(
                        c, "HTTP/1.1 101 A\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n", SAID),
            "1xx"),
        arguments(
            "storm of 100",
            (Conversation) c -> repeat(c, "", "HTTP/1.1 100 Continue\r\n\r\n"),
            "1xx"));
  }

  private static void drip(Connection connection, String text) throws IOException {
    connection.request();
    for (byte next : text.getBytes(StandardCharsets.US_ASCII)) {
      connection.write(new byte[] {next});
      pause();
    }
  }

  /** What makes a slow server slow; nothing waits for it. */
  private static void pause() throws IOException {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void repeat(Connection connection, String start, String more) throws IOException {
    connection.request();
    connection.write(start);
    while (true) {
      connection.write(more);
    }
  }

  private static void bomb(Connection connection, String header) throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write("{\"a\": \"".getBytes(StandardCharsets.US_ASCII));
      gzip.write(new byte[20 << 20]);
    }
    connection.request();
    connection.write("HTTP/1.1 200 OK\r\n" + header + "\r\n");
    connection.write(bomb.toByteArray());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void endless(String name, Conversation conversation, String message) throws Exception {
    try (WireServer server = trusted(conversation)) {
      Endpoint endpoint = endpoint(server.address());
      long start = System.nanoTime();
      SyncException refusal =
          refusal(endpoint, trusting(ca), message.equals(LATE) ? Exchanges.SHORT : Exchanges.AMPLE);

      if (message.equals("1xx")) {
        // What a Java makes of them depends on its version; that it ends does not.
        assertThat(refusal.getMessage())
            .isIn(
                endpoint + ": " + BROKEN,
                endpoint
                    + ": the server gave an answer that does not belong here (HTTP 103)"
                    + UNKNOWN,
                endpoint
                    + ": the server gave an answer that does not belong here (HTTP 101)"
                    + UNKNOWN,
                endpoint
                    + ": the server gave an answer that does not belong here (HTTP 100)"
                    + UNKNOWN,
                endpoint + ": no whole answer came in time, the last of 4 attempts" + UNKNOWN);
      } else {
        assertThat(refusal).hasMessage(endpoint + ": " + message);
      }
      assertThat(refusal.delivery()).isEqualTo(Delivery.UNKNOWN);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }
  }

  @Test
  void a_handshake_that_never_ends_is_given_up() throws Exception {
    try (WireServer server = WireServer.plain(Connection::stall)) {
      Endpoint https = endpoint("https://127.0.0.1:" + server.port());
      Deadlines brief =
          new Deadlines(Duration.ofSeconds(9), Duration.ofMillis(300), Duration.ofSeconds(25));

      assertThat(refusal(https, trusting(ca), brief))
          .hasMessage(
              https + ": no whole answer came in time, the last of 4 attempts; nothing was sent");
    }
  }

  @Test
  void nobody_listens() throws Exception {
    Endpoint endpoint;
    try (WireServer server = trusted(BadServersTest::answerWell)) {
      endpoint = endpoint(server.address());
    }

    assertThat(refusal(endpoint, trusting(ca), Exchanges.AMPLE))
        .hasMessage(
            endpoint + ": no connection could be made, the last of 4 attempts; nothing was sent");
  }

  static Stream<Arguments> secrets() {
    return Stream.of(
        arguments("no member", "{}"),
        arguments("another member", "{\"secret\": \"sgn_live_0123456789abcdef\"}"),
        arguments("null", "{\"installation_secret\": null}"),
        arguments("a number", "{\"installation_secret\": 7}"),
        arguments("an object", "{\"installation_secret\": {}}"),
        arguments("a wrong prefix", "{\"installation_secret\": \"sgn_test_0123456789abcdef\"}"),
        arguments("too short", "{\"installation_secret\": \"sgn_live_0123\"}"),
        arguments(
            "a line end", "{\"installation_secret\": \"sgn_live_0123456789abcdef\\r\\nX: y\"}"),
        arguments("a page", "<html>"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void secrets(String name, String json) throws Exception {
    try (WireServer server = trusted(answering(201, json));
        HttpTransport transport = transport(endpoint(server.address()))) {
      SyncException refusal =
          catchThrowableOfType(
              SyncException.class, () -> transport.register(Exchanges.registration()));

      assertThat(refusal)
          .hasMessage(
              server.address()
                  + ": the server's answer cannot be used: expected a JSON object with"
                  + " installation_secret, sgn_live_…; nobody can tell whether the registration"
                  + " arrived")
          .hasNoCause();
    }
  }

  static Stream<Arguments> versions() {
    return Stream.of(
        arguments("no member", "{}"),
        arguments("no word on newer", "{\"latest_version\": \"0.2.0\"}"),
        arguments("a text for yes", "{\"update_available\": \"true\"}"),
        arguments("a number", "{\"latest_version\": 2, \"update_available\": true}"),
        arguments("colours", "{\"latest_version\": \"\\u001b[31m\", \"update_available\": true}"),
        arguments(
            "too long",
            "{\"latest_version\": \"" + "1".repeat(65) + "\", \"update_available\": true}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void versions(String name, String json) throws Exception {
    try (WireServer server = trusted(answering(200, json));
        HttpTransport transport = transport(endpoint(server.address()))) {
      assertThat(
              catchThrowableOfType(
                  SyncException.class, () -> transport.checkForUpdate(Exchanges.ID, "0.1.0")))
          .hasMessage(
              server.address()
                  + ": the server's answer cannot be used: expected a JSON object with"
                  + " latest_version, a version or null, and update_available, true or false");
    }
  }

  private static Conversation answering(int status, String json) {
    return connection -> {
      connection.request();
      connection.answer(status, json);
    };
  }

  private static void answerWell(Connection connection) throws IOException {
    connection.request();
    connection.answer(200, "{}");
  }

  private static WireServer trusted(Conversation conversation) {
    return WireServer.tls(AUTHORITY.server("127.0.0.1"), conversation);
  }

  private static HttpTransport transport(Endpoint endpoint) throws SyncException {
    return Exchanges.transport(endpoint, trusting(ca), Exchanges.AMPLE, new FakePace());
  }

  /** Sends once, with clocks that stand still but for the deadline of an attempt. */
  private static SyncException send(WireServer server, ConnectionSettings settings) {
    return refusal(endpoint(server.address()), settings, Exchanges.AMPLE);
  }

  private static SyncException refusal(
      Endpoint endpoint, ConnectionSettings settings, Deadlines deadlines) {
    SyncException refusal =
        catchThrowableOfType(SyncException.class, () -> attempt(endpoint, settings, deadlines));
    assertThat(refusal).isNotNull().hasNoCause();
    assertThat(refusal.getSuppressed()).isEmpty();
    assertThat(refusal.kind()).isEqualTo(Kind.NETWORK);
    assertThat(refusal.getMessage()).doesNotContain(SAID).doesNotContain("CANARY");
    return refusal;
  }

  private static void attempt(Endpoint endpoint, ConnectionSettings settings, Deadlines deadlines)
      throws SyncException {
    try (HttpTransport transport =
        Exchanges.transport(endpoint, settings, deadlines, new FakePace())) {
      transport.send(body(1), credential(endpoint));
    } catch (IllegalStateException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
