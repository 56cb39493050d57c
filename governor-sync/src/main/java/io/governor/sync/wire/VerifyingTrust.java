package io.governor.sync.wire;

import java.net.Socket;
import java.security.PublicKey;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Java's own validation of a server, the host name included, and after it the pins. They are looked
 * for on the path that was verified, not among the certificates that the server sent: anyone can
 * send a certificate along. Safe to share between threads.
 */
final class VerifyingTrust extends X509ExtendedTrustManager {

  private final X509ExtendedTrustManager java;
  private final Pins pins;
  private volatile boolean hasTrusted;

  VerifyingTrust(X509ExtendedTrustManager java, Pins pins) {
    this.java = java;
    this.pins = pins;
  }

  @Override
  public void checkServerTrusted(
      X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
      throws CertificateException {
    if (engine == null || !checksHostNames(engine)) {
      throw new Untrusted("its name would not be checked");
    }
    validate(chain, authType, engine);
    if (!pins.isEmpty()) {
      VerifiedPath path = VerifiedPath.of(chain, java.getAcceptedIssuers());
      validate(path.certificates(), authType, engine);
      requirePin(path.keys());
    }
    hasTrusted = true;
  }

  /** Whether any server was ever trusted; if not, no TLS connection has carried anything. */
  boolean hasTrusted() {
    return hasTrusted;
  }

  private static boolean checksHostNames(SSLEngine engine) {
    return "HTTPS".equals(engine.getSSLParameters().getEndpointIdentificationAlgorithm());
  }

  private void requirePin(List<PublicKey> keys) throws Untrusted {
    if (!pins.anyOf(keys)) {
      throw new Untrusted("none of the pinned keys is on the path to its certificate");
    }
  }

  private void validate(X509Certificate[] chain, String authType, SSLEngine engine)
      throws Untrusted {
    try {
      java.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException e) {
      throw new Untrusted(reason(e, chain, authType));
    }
  }

  private String reason(CertificateException refusal, X509Certificate[] chain, String authType) {
    if (has(refusal, CertificateExpiredException.class::isInstance)) {
      return "one of its certificates has expired";
    }
    if (has(refusal, CertificateNotYetValidException.class::isInstance)) {
      return "one of its certificates is not valid yet";
    }
    if (has(refusal, VerifyingTrust::isWeak)) {
      return "one of its certificates uses an algorithm or a key that is too weak";
    }
    if (isTrustedUnderAnotherName(chain, authType)) {
      return "its certificate is for another name";
    }
    boolean alone = chain[0].getSubjectX500Principal().equals(chain[0].getIssuerX500Principal());
    return alone
        ? "its certificate is signed by itself"
        : "its certificate is signed by no authority that is trusted here";
  }

  /** The same validation without a connection, and so without a name. */
  private boolean isTrustedUnderAnotherName(X509Certificate[] chain, String authType) {
    try {
      java.checkServerTrusted(chain, authType);
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }

  private static boolean isWeak(Throwable cause) {
    return cause instanceof CertPathValidatorException problem
        && problem.getReason() == BasicReason.ALGORITHM_CONSTRAINED;
  }

  private static boolean has(Throwable problem, Predicate<Throwable> kind) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = problem; cause != null && causes.size() < 16; cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes.stream().anyMatch(kind);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return java.getAcceptedIssuers();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
      throws Untrusted {
    throw unasked();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType) throws Untrusted {
    throw unasked();
  }

  @Override
  public void checkClientTrusted(
      X509Certificate[] chain, String authType, @Nullable SSLEngine engine) throws Untrusted {
    throw unasked();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
      throws Untrusted {
    throw unasked();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType) throws Untrusted {
    throw unasked();
  }

  /** Java's HTTP client validates servers, with an engine; nothing else may use this trust. */
  private static Untrusted unasked() {
    return new Untrusted("it was validated in a way that checks no name");
  }
}
