package io.governor.sync.wire;

import static io.governor.sync.wire.Exchanges.AMPLE;
import static io.governor.sync.wire.Exchanges.body;
import static io.governor.sync.wire.Exchanges.credential;
import static io.governor.sync.wire.Exchanges.endpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.collector.testing.Connection;
import io.governor.collector.testing.Conversation;
import io.governor.collector.testing.ReceivedRequest;
import io.governor.collector.testing.TestCollector;
import io.governor.collector.testing.WireServer;
import io.governor.sync.ConnectionSettings;
import io.governor.sync.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyTest {

  private static final String NO_WAY =
      "no TLS connection came about through the proxy: expected one that opens a way to the server,"
          + " and a server that speaks TLS 1.2 or 1.3; nothing was sent";

  private final TestCollector collector = TestCollector.start();
  private final Endpoint endpoint = endpoint(collector.endpoint());

  @TempDir Path folder;

  @AfterEach
  void close() {
    collector.close();
  }

  @Test
  void a_proxy_that_is_configured_sees_where_to_and_nothing_else() throws Exception {
    collector.issue(Exchanges.ID, Exchanges.SECRET);
    try (WireServer proxy = WireServer.plain(ProxyTest::tunnel)) {
      send("127.0.0.1:" + proxy.port());

      String seen = proxy.received();
      String target = "127.0.0.1:" + endpoint.port();
      // Up to the empty line it is text, and from there on TLS.
      assertThat(seen.substring(0, seen.indexOf("\r\n\r\n")).split("\r\n"))
          .contains("CONNECT " + target + " HTTP/1.1", "Host: " + target)
          .allMatch(line -> line.matches("CONNECT .*|Host: .*|User-Agent: .*|.*: keep-alive"));
      assertThat(seen)
          .doesNotContain("CANARY")
          .doesNotContain("Bearer")
          .doesNotContain(Exchanges.ID);
      assertThat(collector.accepted()).hasSize(1);
    }
  }

  private static void tunnel(Connection connection) throws IOException {
    ReceivedRequest connect = connection.request().orElseThrow();
    int colon = connect.target().lastIndexOf(':');
    int port = Integer.parseInt(connect.target().substring(colon + 1));
    try (Socket server = new Socket(connect.target().substring(0, colon), port)) {
      connection.write("HTTP/1.1 200 Established\r\n\r\n");
      Thread back = new Thread(() -> copy(server, connection));
      back.setDaemon(true);
      back.start();
      for (int next = connection.read(); next >= 0; next = connection.read()) {
        server.getOutputStream().write(next);
      }
    }
  }

  private static void copy(Socket server, Connection connection) {
    byte[] some = new byte[4_096];
    try {
      for (int n = server.getInputStream().read(some); n > 0; ) {
        connection.write(Arrays.copyOf(some, n));
        n = server.getInputStream().read(some);
      }
    } catch (IOException e) {
      // One of the two is gone.
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "403 | " + NO_WAY,
        "302 | " + NO_WAY,
        "502 | " + NO_WAY,
        "407 | the proxy wants a password, and proxies with passwords are not supported (HTTP 407);"
            + " nothing was sent; use another proxy"
      })
  void a_proxy_that_does_not_want_is_told(int status, String reason) throws Exception {
    Conversation refusing =
        connection -> {
          connection.request();
          connection.write(
              "HTTP/1.1 "
                  + status
                  + " SaidByTheProxy\r\n"
                  + "Proxy-Authenticate: Basic realm=x\r\n"
                  + "Location: https://x/\r\n"
                  + "Content-Length: 0\r\n\r\n");
        };
    try (WireServer proxy = WireServer.plain(refusing)) {
      assertThatThrownBy(() -> send("127.0.0.1:" + proxy.port()))
          .hasMessage(endpoint + ": " + reason);
      assertThat(proxy.received()).doesNotContain("CANARY");
      assertThat(collector.knocks()).isZero();
    }
  }

  @Test
  void no_proxy_is_taken_from_properties_or_from_the_host() throws Exception {
    collector.issue(Exchanges.ID, Exchanges.SECRET);
    ProxySelector before = ProxySelector.getDefault();
    try (WireServer proxy = WireServer.plain(ProxyTest::tunnel)) {
      System.setProperty("https.proxyHost", "127.0.0.1");
      System.setProperty("https.proxyPort", "" + proxy.port());
      System.setProperty("socksProxyHost", "127.0.0.1");
      System.setProperty("socksProxyPort", "" + proxy.port());
      System.setProperty("http.nonProxyHosts", "");
      ProxySelector.setDefault(ProxySelector.of(new InetSocketAddress(proxy.port())));

      send(null);

      assertThat(proxy.knocks()).isZero();
      assertThat(collector.accepted()).hasSize(1);
    } finally {
      ProxySelector.setDefault(before);
      for (String property :
          List.of(
              "https.proxyHost",
              "https.proxyPort",
              "socksProxyHost",
              "socksProxyPort",
              "http.nonProxyHosts")) {
        System.clearProperty(property);
      }
    }
  }

  private void send(String proxy) throws Exception {
    ConnectionSettings settings =
        new ConnectionSettings(false, collector.writeCa(folder), List.of(), proxy);
    try (HttpTransport transport = Exchanges.transport(endpoint, settings, AMPLE, new FakePace())) {
      transport.send(body(1), credential(endpoint));
    }
  }
}
