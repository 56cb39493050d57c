package io.governor.detect;

import java.util.ArrayList;
import java.util.List;

/** The detectors of the library, the telling ones first: that order names overlapping findings. */
final class BuiltInDetectors {

  private BuiltInDetectors() {}

  static List<Recognizer> all() {
    List<Recognizer> all = new ArrayList<>();
    all.add(new PrivateKeys());
    all.add(new JsonWebTokens());
    all.addAll(TokenFormats.builtIn());
    all.add(new ConnectionStrings());
    all.add(new CreditCards());
    all.add(new Ibans());
    all.add(new SocialSecurityNumbers());
    all.add(new EmailAddresses());
    all.add(new AssignedSecrets());
    return all;
  }
}
