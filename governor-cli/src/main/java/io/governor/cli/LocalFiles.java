package io.governor.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/** Says what is the matter with a file. Stateless. */
final class LocalFiles {

  private LocalFiles() {}

  /** The file and what is wrong with it, in words. */
  static String reason(IOException failure) {
    @Nullable String message = failure.getMessage();
    if (!(failure instanceof FileSystemException file)) {
      return message == null ? "a file cannot be read or written" : message;
    }
    String name = file.getFile() == null ? "a file" : file.getFile();
    return name + ": " + what(file);
  }

  private static String what(FileSystemException failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "it exists already";
    }
    if (failure instanceof NotDirectoryException) {
      return "it is not a directory";
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return "the directory is not empty";
    }
    String reason = failure.getReason();
    return reason == null ? "it cannot be read or written" : reason;
  }
}
