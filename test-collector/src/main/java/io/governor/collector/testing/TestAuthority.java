package io.governor.collector.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Issues certificates that nobody trusts unless told to. Its keys live as long as it does.
 * Immutable; safe to share between threads.
 */
public final class TestAuthority {

  private static final Duration TERM = Duration.ofDays(365);

  private final String name;
  private final KeyPair keys;
  private final List<X509Certificate> chain;

  private TestAuthority(String name, KeyPair keys, List<X509Certificate> chain) {
    this.name = name;
    this.keys = keys;
    this.chain = chain;
  }

  /** An authority that signs itself. */
  public static TestAuthority root(String name) {
    KeyPair keys = newKeys();
    return new TestAuthority(name, keys, List.of(certificate(name, keys, name, keys)));
  }

  /** An authority that this one signs. */
  public TestAuthority intermediate(String childName) {
    KeyPair childKeys = newKeys();
    List<X509Certificate> childChain = new ArrayList<>();
    childChain.add(certificate(childName, childKeys, name, keys));
    childChain.addAll(chain);
    return new TestAuthority(childName, childKeys, List.copyOf(childChain));
  }

  private static X509Certificate certificate(
      String subject, KeyPair subjectKeys, String issuer, KeyPair issuerKeys) {
    Instant now = Instant.now();
    return new CertificateForm(
            subject,
            issuer,
            subjectKeys.getPublic(),
            now.minus(TERM),
            now.plus(TERM),
            true,
            List.of())
        .sign(issuerKeys.getPrivate());
  }

  /** The identity of a server with these DNS names and IPv4 addresses, valid now. */
  public TestIdentity server(String... names) {
    Instant now = Instant.now();
    return server(now.minus(TERM), now.plus(TERM), names);
  }

  /** The same, valid from one instant until another. */
  public TestIdentity server(Instant from, Instant until, String... names) {
    KeyPair serverKeys = newKeys();
    X509Certificate leaf =
        new CertificateForm(
                names[0], name, serverKeys.getPublic(), from, until, false, List.of(names))
            .sign(keys.getPrivate());
    List<X509Certificate> sent = new ArrayList<>();
    sent.add(leaf);
    sent.addAll(chain);
    return new TestIdentity(serverKeys.getPrivate(), sent);
  }

  /** The identity of a server that signs itself. */
  public static TestIdentity selfSigned(String... names) {
    KeyPair serverKeys = newKeys();
    Instant now = Instant.now();
    X509Certificate leaf =
        new CertificateForm(
                names[0],
                names[0],
                serverKeys.getPublic(),
                now.minus(TERM),
                now.plus(TERM),
                false,
                List.of(names))
            .sign(serverKeys.getPrivate());
    return new TestIdentity(serverKeys.getPrivate(), List.of(leaf));
  }

  /** The authority's own certificate. */
  public X509Certificate certificate() {
    return chain.get(0);
  }

  /** Writes the authority's own certificate as a PEM file into the folder. */
  public Path writePem(Path folder) throws IOException {
    Path file = folder.resolve(name.replaceAll("[^0-9A-Za-z]", "-") + ".pem");
    return Files.writeString(file, pem(certificate()), StandardCharsets.US_ASCII);
  }

  /** The certificate in PEM, as {@code openssl x509} writes it. */
  public static String pem(X509Certificate certificate) {
    try {
      byte[] line = {'\n'};
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, line).encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate without encoding", e);
    }
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a Java without P-256", e);
    }
  }
}
