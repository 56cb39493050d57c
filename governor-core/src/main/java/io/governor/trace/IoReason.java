package io.governor.trace;

import io.governor.crypt.DecryptionException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be read, in the words of the person who reads it. Stateless. */
public final class IoReason {

  private IoReason() {}

  /** The reason alone, such as {@code permission denied}. */
  public static String of(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return reason == null || reason.isBlank() ? "cannot be read" : reason;
  }

  /** The same error with a message that says where. */
  public static IOException at(String source, IOException e) {
    if (e instanceof DecryptionException unreadable) {
      return unreadable.at(source);
    }
    return new IOException("cannot read " + source + ": " + of(e), e);
  }
}
