package io.governor.sync;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** Says what is the matter with a file, in words. Stateless. */
final class FileTrouble {

  private FileTrouble() {}

  static String inWords(IOException trouble) {
    if (!(trouble instanceof FileSystemException file) || file.getFile() == null) {
      String message = trouble.getMessage();
      return message == null ? "a file cannot be read or written" : message;
    }
    if (trouble instanceof AccessDeniedException) {
      return file.getFile() + ": permission denied";
    }
    String reason = file.getReason();
    return file.getFile() + ": " + (reason == null ? "it cannot be read or written" : reason);
  }
}
