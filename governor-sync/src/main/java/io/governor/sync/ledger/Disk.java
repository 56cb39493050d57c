package io.governor.sync.ledger;

import io.governor.file.OwnerOnly;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * What the ledger does to the disk, step by step, each of them owner-only and on the disk when it
 * returns. An interface so that a test can pull the plug between any two steps, or within one.
 */
interface Disk {

  /** Gives a file new contents in one step. */
  void replace(Path file, byte[] contents) throws IOException;

  /** Appends a line to a file; a torn line before it is closed first. */
  void append(Path file, byte[] line) throws IOException;

  /** Removes a file that nothing names any more. */
  void delete(Path file) throws IOException;

  /** The real one. */
  Disk REAL =
      new Disk() {
        @Override
        public void replace(Path file, byte[] contents) throws IOException {
          OwnerOnly.createDirectories(Objects.requireNonNull(file.getParent()));
          OwnerOnly.replace(file, contents);
        }

        @Override
        public void append(Path file, byte[] line) throws IOException {
          OwnerOnly.createDirectories(Objects.requireNonNull(file.getParent()));
          OwnerOnly.ensureFile(file);
          boolean torn = endsTorn(file);
          try (OutputStream out =
              Files.newOutputStream(file, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS)) {
            if (torn) {
              out.write('\n');
            }
            out.write(line);
          }
          try (FileChannel channel =
              FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            channel.force(true);
          }
        }

        @Override
        public void delete(Path file) throws IOException {
          Files.deleteIfExists(file);
        }

        private static boolean endsTorn(Path file) throws IOException {
          try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            if (in.length() == 0) {
              return false;
            }
            in.seek(in.length() - 1);
            return in.read() != '\n';
          }
        }
      };
}
