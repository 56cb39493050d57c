package io.governor.collector.testing;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/**
 * A server's key, and the certificates it shows. Immutable; safe to share between threads.
 *
 * @param key the key of the first certificate
 * @param chain the server's own certificate first, then whatever it sends along
 */
public record TestIdentity(PrivateKey key, List<X509Certificate> chain) {

  public TestIdentity {
    chain = List.copyOf(chain);
  }

  /** The same server, that sends these certificates along as well. */
  public TestIdentity sendingAlso(X509Certificate... others) {
    List<X509Certificate> all = new ArrayList<>(chain);
    all.addAll(List.of(others));
    return new TestIdentity(key, all);
  }

  /** The same server, that sends only its own certificate. */
  public TestIdentity sendingNoOther() {
    return new TestIdentity(key, chain.subList(0, 1));
  }

  /** The pin of the server's own key. */
  public String pin() {
    return pin(chain.get(0));
  }

  /** The pin of a certificate's key: {@code sha256/} and Base64 (RFC 7469, section 2.4). */
  public static String pin(X509Certificate certificate) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha256.digest(certificate.getPublicKey().getEncoded());
      return "sha256/" + Base64.getEncoder().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a Java without SHA-256", e);
    }
  }

  /** What a server socket needs to show this identity. */
  public SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new OneIdentity(this)}, null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a Java without TLS", e);
    }
  }
}
