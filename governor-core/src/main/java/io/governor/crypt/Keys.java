package io.governor.crypt;

import java.io.IOException;

/** Asks a provider on behalf of a file. Stateless. */
final class Keys {

  private Keys() {}

  /**
   * The key of that name.
   *
   * @throws DecryptionException if nobody knows it, or it cannot be had
   */
  static MasterKey find(KeyProvider keys, String id) throws DecryptionException {
    MasterKey key;
    try {
      key = keys.find(id);
    } catch (IOException e) {
      throw DecryptionException.noKey(id, e);
    }
    if (key == null) {
      throw DecryptionException.noKey(id);
    }
    return key;
  }
}
