package io.governor.sync.wire;

import io.governor.sync.ConnectionSettings;
import io.governor.sync.SyncException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * How TLS is spoken: version 1.2 or newer, with servers that are verified. Safe to share between
 * threads.
 */
record Tls(SSLContext context, VerifyingTrust trust) {

  /**
   * @throws SyncException if the file with certificates or the pins cannot be used
   */
  static Tls of(ConnectionSettings settings) throws SyncException {
    Pins pins = Pins.of(settings.pins());
    Path file = settings.caFile();
    KeyStore trusted = file == null ? null : CaFile.read(file);
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      VerifyingTrust trust = new VerifyingTrust(javasOwn(trusted), pins);
      // No key of this machine's: a server that asks who we are gets no answer.
      context.init(null, new TrustManager[] {trust}, null);
      return new Tls(context, trust);
    } catch (GeneralSecurityException e) {
      throw SyncException.localFiles(
          "the certificates that Java trusts cannot be read: expected a working trust store", e);
    }
  }

  /**
   * @param trusted the only authorities to trust, or null for those that Java trusts
   */
  private static X509ExtendedTrustManager javasOwn(@Nullable KeyStore trusted)
      throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(trusted);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new GeneralSecurityException("no trust manager that checks names");
  }

  static SSLParameters parameters() {
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    return parameters;
  }
}
