package io.governor.trace;

import io.governor.trace.VerifyFinding.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an export says about the traces of a state root. Immutable. */
final class ExportedHeads {

  /** Where there is no export. */
  static final ExportedHeads NONE = new ExportedHeads(null);

  private final @Nullable HeadExport export;
  private final Map<String, ChainHead> byTrace = new HashMap<>();

  private ExportedHeads(@Nullable HeadExport export) {
    this.export = export;
  }

  static ExportedHeads of(HeadExport export) {
    ExportedHeads heads = new ExportedHeads(export);
    for (TraceHead head : export.heads()) {
      heads.byTrace.put(head.trace(), new ChainHead(head.hash(), head.lines()));
    }
    return heads;
  }

  Set<String> traces() {
    return byTrace.keySet();
  }

  /** The exported head of a trace, unless the file was removed since for its age. */
  @Nullable ChainHead of(String trace, RecordedHeads log) {
    return isPrunedSince(trace, log) ? null : byTrace.get(trace);
  }

  /** How many of the files were removed since for their age. */
  long prunedSince(RecordedHeads log) {
    return traces().stream().filter(trace -> isPrunedSince(trace, log)).count();
  }

  private boolean isPrunedSince(String trace, RecordedHeads log) {
    return export != null && log.isPrunedSince(export.logBytes(), trace);
  }

  /**
   * Compares the log: it is only ever appended to, so what was exported of it is still its
   * beginning; null when it is.
   */
  @Nullable VerifyFinding compare(Path log) throws IOException {
    if (export == null) {
      return null;
    }
    String found = hashOfBeginning(log, export.logBytes());
    String reason = "its first " + export.logBytes() + " bytes are not those of the export";
    return found.equals(export.logHash())
        ? null
        : new VerifyFinding(Kind.TAMPERED, log.toString(), 0, reason, export.logHash(), found);
  }

  private static String hashOfBeginning(Path log, long bytes) throws IOException {
    MessageDigest digest = HashChain.sha256();
    if (Files.exists(log)) {
      try (InputStream in = Files.newInputStream(log)) {
        byte[] chunk = new byte[1 << 16];
        long left = bytes;
        int read = 0;
        while (left > 0 && read >= 0) {
          read = in.read(chunk, 0, (int) Math.min(chunk.length, left));
          digest.update(chunk, 0, Math.max(0, read));
          left -= read;
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
