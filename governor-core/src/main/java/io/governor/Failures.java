package io.governor;

import io.governor.trace.TraceVanishedException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;

/** Names failures by kind, for counts and messages that must not carry values. */
final class Failures {

  private Failures() {}

  /** A short word for why an event could not be recorded. */
  static String reason(Throwable failure) {
    if (failure instanceof SessionClosedException) {
      return "closed";
    }
    if (failure instanceof AccessDeniedException
        || failure instanceof ReadOnlyFileSystemException) {
      return "permission";
    }
    if (failure instanceof NoSuchFileException || failure instanceof TraceVanishedException) {
      return "missing";
    }
    return failure instanceof IOException io ? reason(io) : "error";
  }

  private static String reason(IOException failure) {
    String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (failure instanceof FileSystemException named && named.getReason() != null) {
      text = named.getReason().toLowerCase(Locale.ROOT);
    }
    if (text.contains("no space left") || text.contains("quota")) {
      return "disk_full";
    }
    if (text.contains("too many open files")) {
      return "too_many_open_files";
    }
    if (text.contains("read-only")) {
      return "permission";
    }
    if (text.contains("locked")) {
      return "locked";
    }
    return text.contains("event is too large") ? "invalid" : "io";
  }

  /**
   * What a log may say of a failure: ours speak for people, others may quote what they choked on.
   */
  static String described(Throwable failure) {
    boolean ours = failure.getClass().getPackageName().startsWith("io.governor");
    return ours && failure.getMessage() != null
        ? failure.getMessage()
        : failure.getClass().getName();
  }

  /**
   * Rethrows what no library may swallow: the death of the virtual machine, short of an exhausted
   * stack.
   */
  static void rethrowIfFatal(Throwable failure) {
    if (failure instanceof VirtualMachineError fatal && !(failure instanceof StackOverflowError)) {
      throw fatal;
    }
  }

  /** The session was closed by its owner; what it says now is not recorded. */
  static final class SessionClosedException extends IOException {
    private static final long serialVersionUID = 1;

    SessionClosedException() {
      super("the session was closed by its owner");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }
}
