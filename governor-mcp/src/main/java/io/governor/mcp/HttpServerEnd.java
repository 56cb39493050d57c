package io.governor.mcp;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/**
 * The server at the other end of HTTP. Redirects are never followed: the operator named this server
 * and no other. Safe for use by several threads.
 */
final class HttpServerEnd {

  private static final Duration CONNECTING = Duration.ofSeconds(10);

  private final URI url;
  private final HttpClient client;

  /**
   * The server that the operator names.
   *
   * @throws IllegalArgumentException if the address is not one of HTTP, or holds a user or password
   */
  HttpServerEnd(URI url, Executor executor) {
    String scheme = String.valueOf(url.getScheme());
    if (!(scheme.equals("http") || scheme.equals("https")) || url.getHost() == null) {
      throw new IllegalArgumentException(
          "server: expected an address such as http://host:3001/mcp");
    }
    if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "server: expected an address without user, password and fragment");
    }
    this.url = url;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECTING)
            .executor(executor)
            .build();
  }

  URI url() {
    return url;
  }

  /** A request for the server's own address. */
  HttpRequest.Builder request() {
    return HttpRequest.newBuilder(url);
  }

  /** A request for another path of the same server. */
  HttpRequest.Builder request(String pathAndQuery) {
    return HttpRequest.newBuilder(url.resolve(pathAndQuery));
  }

  CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> send(HttpRequest request) {
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofPublisher());
  }
}
