package io.governor.sync.wire;

import java.security.cert.CertificateException;

/** Why a server is not trusted, in words of ours. Passes through Java's TLS as a cause. */
final class Untrusted extends CertificateException {

  private static final long serialVersionUID = 1L;

  private final String reason;

  Untrusted(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
