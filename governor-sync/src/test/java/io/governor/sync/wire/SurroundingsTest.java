package io.governor.sync.wire;

import static io.governor.sync.wire.Exchanges.AMPLE;
import static io.governor.sync.wire.Exchanges.body;
import static io.governor.sync.wire.Exchanges.credential;
import static io.governor.sync.wire.Exchanges.endpoint;
import static io.governor.sync.wire.Exchanges.trusting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.governor.collector.testing.TestAuthority;
import io.governor.collector.testing.TestCollector;
import io.governor.collector.testing.TestIdentity;
import io.governor.sync.ConnectionSettings;
import io.governor.sync.Endpoint;
import io.governor.sync.SyncException;
import io.governor.sync.SyncException.Delivery;
import io.governor.sync.SyncException.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the process, the system and the configuration can do to a transport, and what not. */
class SurroundingsTest {

  private static final String TRUSTS_ANYONE = "lets any server with any certificate pass for ours";
  private static final String PRINTS = "prints what is sent, the secret included";

  private final TestCollector collector = TestCollector.start();
  private final Endpoint endpoint = endpoint(collector.endpoint());

  @TempDir Path folder;

  @AfterEach
  void close() {
    collector.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "true", "yes", " 1 ", "false", "00", "off"})
  void with_the_network_forbidden_nothing_is_sent_and_no_name_resolved(String value)
      throws Exception {
    // A name that leads nowhere would be told as such, had anybody tried.
    Endpoint nowhere = endpoint("https://no-such-host.invalid");
    for (Endpoint target : List.of(endpoint, nowhere)) {
      try (HttpTransport transport = transport(target, new NetworkSwitch(variable -> value))) {
        for (SyncException refusal : refusalsOfAll(transport, target)) {
          assertThat(refusal)
              .hasMessage(
                  "nothing was sent, and no name was resolved: the variable GOVERNOR_NO_NETWORK is"
                      + " set, which forbids every connection; to send, remove it or set it to 0");
          assertThat(refusal.kind()).isEqualTo(Kind.NETWORK);
          assertThat(refusal.delivery()).isEqualTo(Delivery.NOT_SENT);
        }
      }
    }
    assertThat(collector.knocks()).isZero();
  }

  private static List<SyncException> refusalsOfAll(HttpTransport transport, Endpoint target) {
    return List.of(
        catchThrowableOfType(
            SyncException.class, () -> transport.send(body(1), credential(target))),
        catchThrowableOfType(
            SyncException.class, () -> transport.register(Exchanges.registration())),
        catchThrowableOfType(
            SyncException.class, () -> transport.checkForUpdate(Exchanges.ID, "0.1.0")));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "0"})
  void the_network_is_forbidden_by_no_other_value(String value) throws Exception {
    collector.issue(Exchanges.ID, Exchanges.SECRET);
    try (HttpTransport transport = transport(endpoint, new NetworkSwitch(variable -> value))) {
      transport.send(body(1), credential(endpoint));
    }

    assertThat(collector.accepted()).hasSize(1);
  }

  private HttpTransport transport(Endpoint target, NetworkSwitch network) throws Exception {
    FakePace pace = new FakePace();
    return HttpTransport.to(
        target, trusting(collector.writeCa(folder)), AMPLE, pace, new RetryBudget(pace), network);
  }

  @ParameterizedTest
  @CsvSource({
    "jdk.internal.httpclient.disableHostnameVerification, true, " + TRUSTS_ANYONE,
    "jdk.internal.httpclient.disableHostnameVerification, '', " + TRUSTS_ANYONE,
    "jdk.internal.httpclient.disableHostnameVerification, no, " + TRUSTS_ANYONE,
    "jdk.httpclient.HttpClient.log, 'errors,headers', '" + PRINTS + "'",
    "jdk.httpclient.HttpClient.log, ALL, '" + PRINTS + "'",
    "jdk.internal.httpclient.debug, true, '" + PRINTS + "'",
    "javax.net.debug, all, '" + PRINTS + "'",
    "javax.net.debug, 'ssl,record,plaintext', '" + PRINTS + "'",
    "javax.net.debug, '', '" + PRINTS + "'"
  })
  void a_java_that_trusts_anyone_or_prints_secrets_sends_nothing(
      String property, String value, String effect) throws Exception {
    try (HttpTransport before = transport(endpoint, new NetworkSwitch(variable -> null))) {
      System.setProperty(property, value);
      String message =
          "nothing is sent while the system property %s is set, which %s; start Java without it"
              .formatted(property, effect);

      assertThatThrownBy(() -> transport(endpoint, new NetworkSwitch(variable -> null)))
          .hasMessage(message)
          .isInstanceOfSatisfying(
              SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INPUT));
      assertThat(refusalsOfAll(before, endpoint))
          .allSatisfy(e -> assertThat(e).hasMessage(message));
    } finally {
      System.clearProperty(property);
    }
    assertThat(collector.knocks()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "jdk.internal.httpclient.disableHostnameVerification, false",
    "jdk.httpclient.HttpClient.log, errors",
    "javax.net.debug, ssl:handshake"
  })
  void what_shows_no_secret_is_left_alone(String property, String value) throws Exception {
    System.setProperty(property, value);
    try {
      UnsafeJava.refuse();
    } finally {
      System.clearProperty(property);
    }
  }

  @Test
  void a_server_whose_name_would_not_be_checked_is_not_trusted() throws Exception {
    TestAuthority authority = TestAuthority.root("CA");
    TestIdentity server = authority.server("127.0.0.1");
    X509Certificate[] chain = server.chain().toArray(X509Certificate[]::new);
    Tls tls = Tls.of(trusting(authority.writePem(folder)));
    SSLEngine careless = SSLContext.getDefault().createSSLEngine("127.0.0.1", 443);
    SSLEngine careful = SSLContext.getDefault().createSSLEngine("127.0.0.1", 443);
    careful.setSSLParameters(Tls.parameters());

    assertThatThrownBy(() -> tls.trust().checkServerTrusted(chain, "ECDHE_ECDSA", careless))
        .isInstanceOf(CertificateException.class)
        .hasMessage("its name would not be checked");
    assertThatThrownBy(() -> tls.trust().checkServerTrusted(chain, "ECDHE_ECDSA"))
        .hasMessage("it was validated in a way that checks no name");
    assertThat(careful.getSSLParameters().getProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sha1/AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "sha256/short",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA_=",
        ""
      })
  void a_pin_of_another_form_is_refused(String pin) {
    assertThatThrownBy(() -> Pins.of(List.of(pin, pin)))
        .hasMessage(
            "a pin cannot be used: expected sha256/ and the Base64 of the SHA-256 of a public key"
                + " (SPKI), 44 characters");
  }

  @Test
  void a_single_pin_is_refused_also_when_it_stands_twice() {
    String pin = "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    assertThatThrownBy(() -> Pins.of(List.of(pin, pin)))
        .hasMessage(
            "pins cannot be used: expected none, or 2 to 8 different ones; with a single pin a lost"
                + " key would end all sending");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "proxy",
        "proxy:",
        ":3128",
        "proxy:0",
        "proxy:65536",
        "proxy:3128/",
        "http://proxy:3128",
        "user:hunter2@proxy:3128",
        "proxy:3128 "
      })
  void a_proxy_of_another_form_is_refused(String proxy) {
    assertThatThrownBy(() -> Proxy.of(proxy, endpoint))
        .hasMessage(
            "the proxy cannot be used: expected a host and a port, such as"
                + " proxy.example.org:3128");
  }

  @Test
  void a_proxy_on_the_way_to_this_machine_by_plain_http_is_refused() {
    assertThatThrownBy(() -> Proxy.of("proxy:3128", endpoint("http://127.0.0.1:80")))
        .hasMessage(
            "a proxy cannot be used with plain http, for it would read the secret; expected none");
  }

  @Test
  void plain_http_needs_the_settings_to_allow_it() {
    assertThatThrownBy(
            () -> HttpTransport.to(endpoint("http://127.0.0.1:80"), ConnectionSettings.DEFAULT))
        .hasMessage(
            "nothing is sent by plain http; expected an address such as https://example.org");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | it holds 0 certificates",
        "nonsense | it holds something else than certificates",
        "-----BEGIN PRIVATE KEY----- | it holds a private key",
      })
  void a_file_of_other_things_than_certificates_is_refused(String text, String why)
      throws Exception {
    Path file = Files.writeString(folder.resolve("ca.pem"), text);

    assertThatThrownBy(() -> CaFile.read(file))
        .hasMessage(
            file
                + ": the certificates to trust: "
                + why
                + "; expected 1 to 100 certificates in PEM (-----BEGIN CERTIFICATE-----) and no"
                + " key")
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.LOCAL_FILES));
  }

  @Test
  void a_file_that_is_not_there_or_too_long_or_damaged_is_refused() throws Exception {
    Path nothing = folder.resolve("nothing.pem");
    Path large = Files.write(folder.resolve("large.pem"), new byte[(1 << 20) + 1]);
    String pem = Files.readString(collector.writeCa(folder));
    Path cut = Files.writeString(folder.resolve("cut.pem"), pem.substring(0, 200));

    assertThatThrownBy(() -> CaFile.read(nothing)).hasMessageContaining(": it is no file;");
    assertThatThrownBy(() -> CaFile.read(folder)).hasMessageContaining(": it is no file;");
    assertThatThrownBy(() -> CaFile.read(large)).hasMessageContaining(": it is longer than 1 MiB;");
    assertThatThrownBy(() -> CaFile.read(cut))
        .hasMessageContaining(": it holds something else than certificates;");
  }

  @Test
  void several_authorities_may_be_trusted_and_text_between_them_is_no_matter() throws Exception {
    TestAuthority other = TestAuthority.root("Other");
    Path file = collector.writeCa(folder);
    Files.writeString(
        file,
        "# Other\n" + TestAuthority.pem(other.certificate()) + Files.readString(file),
        StandardCharsets.US_ASCII);

    assertThat(CaFile.read(file).size()).isEqualTo(2);
  }
}
