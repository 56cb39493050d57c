package io.governor.sync.wire;

import io.governor.sync.Endpoint;
import io.governor.sync.SyncException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Through which proxy the server is reached. It comes from the configuration alone: neither system
 * properties nor variables nor the settings of the system are asked. Stateless.
 */
final class Proxy {

  private Proxy() {}

  /**
   * @param proxy a host and a port, or null for none
   * @throws SyncException of kind {@code INPUT} for anything else, or a proxy on the way to this
   *     machine by plain HTTP, which would read the secret
   */
  static ProxySelector of(@Nullable String proxy, Endpoint endpoint) throws SyncException {
    if (proxy == null) {
      return HttpClient.Builder.NO_PROXY;
    }
    if (!endpoint.isHttps()) {
      throw SyncException.input(
          "a proxy cannot be used with plain http, for it would read the secret; expected none");
    }
    // The host and port of a proxy have the form of those of an endpoint.
    Endpoint address = proxy.contains("/") ? null : address(proxy);
    if (address == null || !proxy.endsWith(":" + address.port())) {
      throw SyncException.input(
          "the proxy cannot be used: expected a host and a port, such as proxy.example.org:3128");
    }
    return ProxySelector.of(InetSocketAddress.createUnresolved(bare(address), address.port()));
  }

  private static @Nullable Endpoint address(String proxy) {
    try {
      return Endpoint.parse("https://" + proxy);
    } catch (SyncException e) {
      return null;
    }
  }

  private static String bare(Endpoint address) {
    return address.host().replace("[", "").replace("]", "");
  }
}
