package io.governor.sync.wire;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The path from a server's own certificate to an authority that is trusted, as PKIX builds it (RFC
 * 5280, section 6): what the server sent serves only as material for it. Immutable; safe to share
 * between threads.
 */
final class VerifiedPath {

  private final List<X509Certificate> certificates;
  private final PublicKey authority;

  private VerifiedPath(List<X509Certificate> certificates, PublicKey authority) {
    this.certificates = certificates;
    this.authority = authority;
  }

  static VerifiedPath of(X509Certificate[] sent, X509Certificate[] trusted) throws Untrusted {
    if (Arrays.asList(trusted).contains(sent[0])) {
      return new VerifiedPath(List.of(sent[0]), sent[0].getPublicKey());
    }
    try {
      PKIXCertPathBuilderResult result =
          (PKIXCertPathBuilderResult)
              CertPathBuilder.getInstance("PKIX").build(parameters(sent, trusted));
      List<X509Certificate> path = new ArrayList<>();
      for (Certificate certificate : result.getCertPath().getCertificates()) {
        path.add((X509Certificate) certificate);
      }
      return new VerifiedPath(path, result.getTrustAnchor().getTrustedCert().getPublicKey());
    } catch (GeneralSecurityException e) {
      throw new Untrusted("no path leads to its certificate");
    }
  }

  private static PKIXBuilderParameters parameters(X509Certificate[] sent, X509Certificate[] trusted)
      throws GeneralSecurityException {
    Set<TrustAnchor> anchors = new HashSet<>();
    for (X509Certificate certificate : trusted) {
      anchors.add(new TrustAnchor(certificate, null));
    }
    X509CertSelector server = new X509CertSelector();
    server.setCertificate(sent[0]);
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, server);
    parameters.addCertStore(
        CertStore.getInstance(
            "Collection", new CollectionCertStoreParameters(Arrays.asList(sent))));
    // Java's own validation comes before, and asks for revocation where it is told to.
    parameters.setRevocationEnabled(false);
    return parameters;
  }

  /** From the server's own certificate up, without that of the authority. */
  X509Certificate[] certificates() {
    return certificates.toArray(X509Certificate[]::new);
  }

  /** Every key on the path, that of the authority included. */
  List<PublicKey> keys() {
    List<PublicKey> keys = new ArrayList<>();
    certificates.forEach(certificate -> keys.add(certificate.getPublicKey()));
    keys.add(authority);
    return keys;
  }
}
