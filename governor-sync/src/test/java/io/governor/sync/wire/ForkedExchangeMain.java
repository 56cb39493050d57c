package io.governor.sync.wire;

import io.governor.collector.testing.Connection;
import io.governor.collector.testing.TestAuthority;
import io.governor.collector.testing.WireServer;
import io.governor.sync.Endpoint;
import io.governor.sync.SyncException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Sends once and prints what came of it, for tests that need a Java that is set up in its own way.
 * Arguments: either an endpoint, or a version of TLS that a server of ours speaks.
 */
final class ForkedExchangeMain {

  private ForkedExchangeMain() {}

  public static void main(String[] arguments) throws Exception {
    TestAuthority authority = TestAuthority.root("CA");
    Path ca = authority.writePem(Files.createTempDirectory("ca"));
    if (arguments[0].startsWith("https:")) {
      System.out.println(sent(Exchanges.endpoint(arguments[0]), ca));
      return;
    }
    try (WireServer server =
        WireServer.tls(authority.server("127.0.0.1"), ForkedExchangeMain::answer, arguments[0])) {
      String told = sent(Exchanges.endpoint(server.address()), ca);
      System.out.println(told.replace(server.address(), "SERVER"));
      System.out.println(server.received().contains("Bearer") ? "secret seen" : "secret not seen");
    }
  }

  private static void answer(Connection connection) throws IOException {
    connection.request();
    connection.answer(200, "{}");
  }

  private static String sent(Endpoint endpoint, Path ca) {
    try (HttpTransport transport = HttpTransport.to(endpoint, Exchanges.trusting(ca))) {
      transport.send(Exchanges.body(1), Exchanges.credential(endpoint));
      return "sent";
    } catch (SyncException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
