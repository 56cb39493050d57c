package io.governor.collector.testing;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What stands in a certificate (RFC 5280): {@link #sign} makes it. Keys are of P-256.
 *
 * @param subject the common name
 * @param issuer the common name of whoever signs
 * @param names DNS names and IPv4 addresses of a server; empty for an authority
 */
record CertificateForm(
    String subject,
    String issuer,
    PublicKey key,
    Instant from,
    Instant until,
    boolean authority,
    List<String> names) {

  private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
  private static final AtomicLong SERIALS = new AtomicLong(1_000);

  X509Certificate sign(PrivateKey issuerKey) {
    try {
      byte[] toBeSigned = toBeSigned();
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(issuerKey);
      signature.update(toBeSigned);
      byte[] whole = Der.sequence(toBeSigned, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(whole));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a Java without P-256 or X.509", e);
    }
  }

  private byte[] toBeSigned() {
    return Der.sequence(
        Der.tagged(0xa0, Der.integer(BigInteger.TWO)),
        Der.integer(BigInteger.valueOf(SERIALS.incrementAndGet())),
        ECDSA_WITH_SHA256,
        name(issuer),
        Der.sequence(Der.time(from), Der.time(until)),
        name(subject),
        key.getEncoded(),
        Der.tagged(0xa3, Der.sequence(extensions())));
  }

  private static byte[] name(String commonName) {
    return Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.text(commonName))));
  }

  private byte[][] extensions() {
    byte[] basic =
        Der.sequence(
            Der.oid("2.5.29.19"),
            Der.yes(),
            Der.octets(authority ? Der.sequence(Der.yes()) : Der.sequence()));
    // keyCertSign and cRLSign, or digitalSignature.
    byte[] usage =
        Der.sequence(
            Der.oid("2.5.29.15"),
            Der.yes(),
            Der.octets(authority ? Der.bits(1, 0x06) : Der.bits(7, 0x80)));
    if (names.isEmpty()) {
      return new byte[][] {basic, usage};
    }
    byte[] alternatives = Der.sequence(Der.oid("2.5.29.17"), Der.octets(alternatives()));
    return new byte[][] {basic, usage, alternatives};
  }

  private byte[] alternatives() {
    List<byte[]> all = new ArrayList<>();
    for (String name : names) {
      boolean address = name.chars().allMatch(c -> c == '.' || Character.isDigit(c));
      all.add(
          address
              ? Der.tagged(0x87, address(name))
              : Der.tagged(0x82, name.getBytes(StandardCharsets.US_ASCII)));
    }
    return Der.sequence(all.toArray(byte[][]::new));
  }

  private static byte[] address(String literal) {
    try {
      return InetAddress.getByName(literal).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an address: " + literal, e);
    }
  }
}
