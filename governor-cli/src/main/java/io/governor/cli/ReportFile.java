package io.governor.cli;

import io.governor.cli.report.HtmlReport;
import io.governor.file.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a report goes. A report of before is replaced; any other file that is there already is not,
 * so that a slip of the hand costs nobody a trace.
 *
 * @param path the file, or null for standard output
 */
record ReportFile(@Nullable Path path) {

  private static final byte[] BEGINNING = HtmlReport.BEGINNING.getBytes(StandardCharsets.US_ASCII);

  static ReportFile of(String typed) {
    if (typed.equals("-")) {
      return new ReportFile(null);
    }
    try {
      return new ReportFile(Path.of(typed).toAbsolutePath());
    } catch (InvalidPathException e) {
      throw CommandFailure.usage("--html: not a path on this system");
    }
  }

  boolean isStandardOutput() {
    return path == null;
  }

  void write(Terminal terminal, String page) {
    if (path == null) {
      terminal.answer(page);
      return;
    }
    try {
      refuseForeign(path);
      OwnerOnly.replace(path, page.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw CommandFailure.localIo(LocalFiles.reason(e));
    }
  }

  private static void refuseForeign(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw CommandFailure.usage(file + ": it is a directory, expected the name of a file");
    }
    if (Files.exists(file) && !isReport(file)) {
      throw CommandFailure.usage(
          file + ": it is there already and is no report: give another name, or remove it");
    }
  }

  private static boolean isReport(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(BEGINNING.length), BEGINNING);
    }
  }
}
