package io.governor.sync.wire;

import io.governor.sync.SyncException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;

/**
 * A PEM file with the only authorities to trust, for a server whose certificate no public authority
 * signed: 1 to 100 certificates, at most 1 MiB, no key. Stateless.
 */
final class CaFile {

  private static final int LONGEST = 1 << 20;
  private static final int MOST = 100;
  private static final String EXPECTED =
      "; expected 1 to " + MOST + " certificates in PEM (-----BEGIN CERTIFICATE-----) and no key";

  private CaFile() {}

  /**
   * @throws SyncException of kind {@code LOCAL_FILES} if it cannot be read, or holds anything else
   */
  static KeyStore read(Path file) throws SyncException {
    byte[] pem = bytes(file);
    if (pem.length > LONGEST) {
      throw refused(file, "it is longer than 1 MiB");
    }
    if (new String(pem, StandardCharsets.ISO_8859_1).contains("PRIVATE KEY")) {
      throw refused(file, "it holds a private key");
    }
    Collection<? extends Certificate> certificates = certificates(file, pem);
    if (certificates.isEmpty() || certificates.size() > MOST) {
      throw refused(file, "it holds " + certificates.size() + " certificates");
    }
    return store(file, certificates);
  }

  private static byte[] bytes(Path file) throws SyncException {
    if (!Files.isRegularFile(file)) {
      throw refused(file, "it is no file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(LONGEST + 1);
    } catch (IOException e) {
      throw refused(file, "it cannot be read");
    }
  }

  private static Collection<? extends Certificate> certificates(Path file, byte[] pem)
      throws SyncException {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      return factory.generateCertificates(new ByteArrayInputStream(pem));
    } catch (CertificateException e) {
      throw refused(file, "it holds something else than certificates");
    }
  }

  private static KeyStore store(Path file, Collection<? extends Certificate> certificates)
      throws SyncException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("authority " + number++, certificate);
      }
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw refused(file, "its certificates cannot be used");
    }
  }

  private static SyncException refused(Path file, String why) {
    return SyncException.localFiles(file + ": the certificates to trust: " + why + EXPECTED);
  }
}
