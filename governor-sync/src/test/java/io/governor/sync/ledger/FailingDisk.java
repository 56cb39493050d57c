package io.governor.sync.ledger;

import io.governor.file.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;

/**
 * A disk that loses power at one of its steps: before it, in the middle, or behind it. Nothing is
 * forced, for the machine goes on.
 */
final class FailingDisk implements Disk {

  /** The process is gone. */
  static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Crash() {
      super("crash", null, false, false);
    }
  }

  enum Moment {
    BEFORE,
    WITHIN,
    AFTER
  }

  private int stepsLeft = Integer.MAX_VALUE;
  private Moment moment = Moment.BEFORE;

  void crashAt(int step, Moment newMoment) {
    stepsLeft = step;
    moment = newMoment;
  }

  void neverCrash() {
    stepsLeft = Integer.MAX_VALUE;
  }

  @Override
  public void replace(Path file, byte[] contents) throws IOException {
    OwnerOnly.createDirectories(Objects.requireNonNull(file.getParent()));
    boolean now = isNow();
    if (now && moment == Moment.BEFORE) {
      throw new Crash();
    }
    if (now && moment == Moment.WITHIN) {
      Path temporary = file.resolveSibling("." + file.getFileName() + ".half.tmp");
      Files.write(temporary, Arrays.copyOf(contents, contents.length / 2));
      throw new Crash();
    }
    // Not by renaming, which some file systems take as a reason to write everything down.
    Files.deleteIfExists(file);
    OwnerOnly.createFile(file);
    Files.write(file, contents);
    if (now) {
      throw new Crash();
    }
  }

  @Override
  public void append(Path file, byte[] line) throws IOException {
    OwnerOnly.createDirectories(Objects.requireNonNull(file.getParent()));
    boolean now = isNow();
    if (now && moment == Moment.BEFORE) {
      throw new Crash();
    }
    byte[] old = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    boolean torn = old.length > 0 && old[old.length - 1] != '\n';
    int length = now && moment == Moment.WITHIN ? line.length / 2 : line.length;
    Files.write(
        file,
        torn ? new byte[] {'\n'} : new byte[0],
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    Files.write(file, Arrays.copyOf(line, length), StandardOpenOption.APPEND);
    if (now) {
      throw new Crash();
    }
  }

  @Override
  public void delete(Path file) throws IOException {
    boolean now = isNow();
    if (now && moment == Moment.BEFORE) {
      throw new Crash();
    }
    Files.deleteIfExists(file);
    if (now) {
      throw new Crash();
    }
  }

  private boolean isNow() {
    return stepsLeft-- == 0;
  }
}
