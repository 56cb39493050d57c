package io.governor.sync.count;

import java.io.IOException;

/**
 * What has to be remembered to find copies no longer fits into memory, and cannot be kept in a
 * temporary file either. The message names the directory and the reason.
 */
public final class TemporaryFileException extends IOException {

  private static final long serialVersionUID = 1L;

  TemporaryFileException(String message, IOException cause) {
    super(message, cause);
  }
}
