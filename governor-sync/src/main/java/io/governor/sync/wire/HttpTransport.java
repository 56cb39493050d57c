package io.governor.sync.wire;

import io.governor.json.JsonWriter;
import io.governor.sync.ConnectionSettings;
import io.governor.sync.Credential;
import io.governor.sync.Endpoint;
import io.governor.sync.RegistrationRequest;
import io.governor.sync.SyncException;
import io.governor.sync.SyncException.Delivery;
import io.governor.sync.SyncException.Kind;
import io.governor.sync.SyncTransport;
import io.governor.sync.UpdateCheck;
import io.governor.sync.UserAgent;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The transport over HTTPS, to one server. TLS 1.2 or newer, with Java's validation, and pins after
 * it where there are any; HTTP/1.1; no redirect is followed, no cookie kept, no password asked for,
 * no proxy taken from the surroundings. Every call ends within 30 seconds, retries included,
 * whatever the server does, and within moments when its thread is interrupted; the interrupt stays
 * set. With {@code GOVERNOR_NO_NETWORK} set no name is resolved and nothing sent.
 *
 * <p>Making one opens nothing; the first call does. Safe to share between threads. Its own threads
 * are daemons and end with {@link #close}; the one thread of Java's client ends with it too from
 * Java 21 on, and before that with the next garbage collection.
 */
public final class HttpTransport implements SyncTransport, AutoCloseable {

  private final Endpoint endpoint;
  private final Connections connections;
  private final RetryLoop retries;
  private final NetworkSwitch network;
  private final Pace pace;

  HttpTransport(
      Endpoint endpoint,
      Connections connections,
      RetryLoop retries,
      NetworkSwitch network,
      Pace pace) {
    this.endpoint = endpoint;
    this.connections = connections;
    this.retries = retries;
    this.network = network;
    this.pace = pace;
  }

  /**
   * A transport to this server.
   *
   * @throws SyncException of kind {@code INPUT} for pins or a proxy that cannot be used, or when
   *     Java is set to trust anyone or to print secrets; of kind {@code LOCAL_FILES} for a file of
   *     certificates that cannot be used
   */
  public static HttpTransport to(Endpoint endpoint, ConnectionSettings settings)
      throws SyncException {
    return to(
        endpoint,
        settings,
        Deadlines.DEFAULT,
        Pace.REAL,
        RetryBudget.OF_THIS_PROCESS,
        NetworkSwitch.OF_THIS_PROCESS);
  }

  static HttpTransport to(
      Endpoint endpoint,
      ConnectionSettings settings,
      Deadlines deadlines,
      Pace pace,
      RetryBudget budget,
      NetworkSwitch network)
      throws SyncException {
    UnsafeJava.refuse();
    if (!endpoint.isHttps() && !settings.allowLoopbackHttp()) {
      throw SyncException.input(
          "nothing is sent by plain http; expected an address such as https://example.org");
    }
    return new HttpTransport(
        endpoint,
        Connections.to(endpoint, settings, deadlines),
        new RetryLoop(endpoint, deadlines, pace, budget),
        network,
        pace);
  }

  @Override
  public Credential register(RegistrationRequest request) throws SyncException {
    byte[] body = json(request);
    return run(
            Operation.REGISTER,
            within ->
                new Credential(
                    endpoint, Answers.secret(post(Operation.REGISTER, body, null, within).bytes())))
        .answer();
  }

  @Override
  public int send(byte[] body, Credential credential) throws SyncException {
    if (!credential.endpoint().equals(endpoint)) {
      throw SyncException.exchange(
          Kind.AUTHORIZATION,
          Delivery.NOT_SENT,
          0,
          endpoint
              + ": nothing was sent, for the secret is that of "
              + credential.endpoint()
              + "; to send here, register here");
    }
    byte[] bytes = body.clone();
    return run(
            Operation.SYNC,
            within -> {
              LimitedBody.Body answer = post(Operation.SYNC, bytes, credential, within);
              if (answer.end() != LimitedBody.End.NONE) {
                Answers.acknowledgement(answer.bytes());
              }
              return true;
            })
        .attempts();
  }

  @Override
  public UpdateCheck checkForUpdate(String installationId, String runtimeVersion)
      throws SyncException {
    String target =
        "/update-check?installation_id="
            + URLEncoder.encode(installationId, StandardCharsets.UTF_8)
            + "&runtime_version="
            + URLEncoder.encode(runtimeVersion, StandardCharsets.UTF_8);
    return run(
            Operation.UPDATE_CHECK,
            within ->
                Answers.updateCheck(
                    exchange(Operation.UPDATE_CHECK, to(target).GET(), null, within).bytes()))
        .answer();
  }

  private <T> RetryLoop.Done<T> run(Operation operation, RetryLoop.Attempt<T> attempt)
      throws SyncException {
    connections.requireOpen();
    network.requireOn();
    UnsafeJava.refuse();
    return retries.run(operation, attempt);
  }

  private LimitedBody.Body post(
      Operation operation, byte[] body, @Nullable Credential credential, Duration within)
      throws AttemptFailed {
    SentMark sent = new SentMark(body);
    String path = operation == Operation.REGISTER ? "/register" : "/sync";
    HttpRequest.Builder request = to(path).header("Content-Type", "application/json").POST(sent);
    if (credential != null) {
      request.header("Authorization", "Bearer " + credential.secret().reveal());
    }
    return exchange(operation, request, sent, within);
  }

  private HttpRequest.Builder to(String pathAndQuery) {
    return HttpRequest.newBuilder(endpoint.resolve(pathAndQuery))
        .header("Accept", "application/json")
        .header("User-Agent", UserAgent.current());
  }

  private LimitedBody.Body exchange(
      Operation operation, HttpRequest.Builder request, @Nullable SentMark sent, Duration within)
      throws AttemptFailed {
    Answer answer =
        connections
            .exchange()
            .make(
                request.build(),
                sent,
                status -> StatusRule.of(operation, status).delivery() == null,
                within,
                pace.now());
    return accepted(operation, answer);
  }

  private static LimitedBody.Body accepted(Operation operation, Answer answer)
      throws AttemptFailed {
    StatusRule rule = StatusRule.of(operation, answer.status());
    if (rule.delivery() != null) {
      throw AttemptFailed.with(answer.status(), rule, answer.retryAfter());
    }
    return switch (answer.body().end()) {
      case WHOLE, NONE -> answer.body();
      case COMPRESSED ->
          throw unreadable("the server's answer is compressed, which nobody asked for");
      case OF_NO_LENGTH -> throw unreadable("the server's answer has a length that is none");
      case TOO_LONG, UNREAD -> throw unreadable("the server's answer is longer than 64 KiB");
    };
  }

  private static AttemptFailed unreadable(String reason) {
    return AttemptFailed.without(Delivery.UNKNOWN, false, reason);
  }

  private static byte[] json(RegistrationRequest request) {
    JsonWriter out = new JsonWriter(512);
    out.beginObject();
    out.member("installation_id").value(request.installationId());
    out.member("runtime_version").value(request.runtimeVersion());
    out.member("contact_email").value(request.contactEmail());
    out.member("contact_name").value(request.contactName());
    if (request.organization() != null) {
      out.member("organization").value(request.organization());
    }
    if (request.operatorRole() != null) {
      out.member("operator_role").value(request.operatorRole());
    }
    out.member("user_agent").value(request.userAgent());
    out.endObject();
    return out.toByteArray();
  }

  /** Ends what is under way and lets every connection go. */
  @Override
  public void close() {
    connections.close();
  }
}
