package io.governor.crypt;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Who keeps the master keys. Without one it is {@link KeyFile}; a host that has a key service
 * implements this and gives it to its governor and to whatever reads its traces. The command {@code
 * governor} knows only the key file. Must be safe for use by several threads; asked when a file is
 * begun or opened, never for each record.
 */
public interface KeyProvider {

  /**
   * The key that new files are encrypted with.
   *
   * @throws IOException if there is none or it cannot be had; the message says why, and names no
   *     key material
   */
  MasterKey current() throws IOException;

  /**
   * The key of that name, which may have been the current one long ago; null when nobody knows it.
   *
   * @throws IOException if it cannot be had
   */
  @Nullable MasterKey find(String id) throws IOException;
}
