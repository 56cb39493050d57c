package io.governor.sync.ledger;

import io.governor.file.OwnerOnly;
import io.governor.sync.SyncException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the files of the ledger are. Immutable.
 *
 * @param root the state root
 */
record LedgerFiles(Path root) {

  private static final Pattern POSITIONS = Pattern.compile("positions-[0-9]{1,18}");
  private static final Pattern NUMBERED = Pattern.compile("(positions|window)-[0-9]{1,18}");

  Path directory() {
    return root.resolve("sync");
  }

  Path lock() {
    return directory().resolve("lock");
  }

  /** Not {@code .jsonl}, because only traces are called that. */
  Path history() {
    return directory().resolve("history.log");
  }

  Path positions(String name) {
    return directory().resolve(name);
  }

  Path window(long number) {
    return directory().resolve("window-" + number);
  }

  /**
   * Opens one of them for reading.
   *
   * @throws SyncException of kind {@code LOCAL_FILES} if somebody else could have put it there
   */
  InputStream open(Path file) throws SyncException, IOException {
    StateGuard.check(root, directory(), file);
    return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** All of one of them; as {@link #open}. */
  byte[] read(Path file) throws SyncException, IOException {
    try (InputStream in = open(file)) {
      return in.readAllBytes();
    }
  }

  static String positionsOf(long number) {
    return "positions-" + number;
  }

  static @Nullable String positionsName(@Nullable Object value) {
    if (value == null || (value instanceof String name && POSITIONS.matcher(name).matches())) {
      return (String) value;
    }
    throw new IllegalArgumentException("expected the name of a file with positions");
  }

  /** What a run may have left behind that the state does not name: half of a window never made. */
  List<Path> unnamed(LedgerState ledger) throws IOException {
    List<Path> unnamed = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory())) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if ((NUMBERED.matcher(name).matches() && !isNamed(name, ledger))
            || name.endsWith(OwnerOnly.TEMPORARY)) {
          unnamed.add(file);
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return unnamed;
  }

  private static boolean isNamed(String name, LedgerState ledger) {
    PendingWindow pending = ledger.pending();
    return name.equals(ledger.positions())
        || (pending != null
            && (name.equals(pending.positions()) || name.equals("window-" + pending.number())));
  }
}
