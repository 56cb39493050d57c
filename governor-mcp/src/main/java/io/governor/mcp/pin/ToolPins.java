package io.governor.mcp.pin;

import io.governor.file.OwnerOnly;
import io.governor.file.ProcessLock;
import io.governor.json.JsonProblem;
import io.governor.trace.SessionFileName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The pins below one state root: an owner-only file for each server in the folder {@code pins},
 * replaced in one step, under a lock that processes respect. Any thread may use it. A server's name
 * may be any text: it cannot lead out of the folder.
 *
 * <p>A file holds what servers say about their tools, for differences to be explained, and nothing
 * of calls. A file that cannot be read is never replaced: what it pinned would be lost.
 */
public final class ToolPins {

  private static final Duration LOCKED = Duration.ofSeconds(5);
  private static final String ENDING = ".json";
  static final String PROMPTS = "/prompts";

  private final Path folder;

  private ToolPins(Path folder) {
    this.folder = folder;
  }

  /** Those below a state root; nothing is created before the first is written. */
  public static ToolPins below(Path stateRoot) {
    return new ToolPins(stateRoot.toAbsolutePath().normalize().resolve("pins"));
  }

  /**
   * What is pinned of a server; nothing of one that nobody has seen.
   *
   * @throws IOException if its file cannot be read, or is not one of ours
   */
  public PinnedServer read(String server) throws IOException {
    Path file = file(server);
    PinnedServer read = read(file);
    if (read == null) {
      return PinnedServer.unknown(server);
    }
    if (!read.server().equals(server)) {
      throw unreadable(file);
    }
    return read;
  }

  private static @Nullable PinnedServer read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return PinJson.read(in.readNBytes(PinJson.MOST_BYTES + 1));
    } catch (NoSuchFileException e) {
      return null;
    } catch (JsonProblem | IllegalArgumentException e) {
      throw unreadable(file);
    }
  }

  private static IOException unreadable(Path file) {
    return new IOException(
        file + ": expected the pins of a server; remove the file to pin its tools anew");
  }

  /**
   * Changes what is pinned of a server; a change that changes nothing writes nothing.
   *
   * @return what is pinned now
   * @throws IOException if it cannot be read or kept; then nothing has changed
   */
  @SuppressWarnings("try") // the lock is only held
  public PinnedServer update(String server, UnaryOperator<PinnedServer> change) throws IOException {
    Path file = file(server);
    try (ProcessLock lock = ProcessLock.await(folder.resolve(".lock"), LOCKED)) {
      PinnedServer before = read(server);
      PinnedServer after = change.apply(before);
      if (!after.equals(before)) {
        OwnerOnly.replace(file, PinJson.text(after));
      }
      return after;
    }
  }

  /**
   * All servers that are pinned, by their names.
   *
   * @throws IOException if one of the files cannot be read, or is not one of ours
   */
  public List<PinnedServer> all() throws IOException {
    SortedMap<String, PinnedServer> servers = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
      for (Path file : files) {
        PinnedServer server = read(file);
        if (server != null) {
          servers.put(server.server(), server);
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return new ArrayList<>(servers.values());
  }

  /** What a server's prompts are pinned under; no server has such a name. */
  public static String prompts(String server) {
    return server + PROMPTS;
  }

  /**
   * The names that tools of two or more servers have: a model may take one for the other. Prompts
   * are chosen by people, who see whose they are.
   *
   * @return the servers of each such name, ascending
   */
  public static SortedMap<String, Set<String>> shadows(List<PinnedServer> servers) {
    Map<String, Set<String>> owners = new LinkedHashMap<>();
    for (PinnedServer server : servers) {
      if (server.holdsPrompts()) {
        continue;
      }
      for (ToolPin pin : server.tools().values()) {
        if (pin.seen() != null) {
          owners.computeIfAbsent(pin.name(), name -> new TreeSet<>()).add(server.server());
        }
      }
    }
    SortedMap<String, Set<String>> shadows = new TreeMap<>();
    owners.forEach(
        (name, names) -> {
          if (names.size() > 1) {
            shadows.put(name, names);
          }
        });
    return shadows;
  }

  /** Everything in a server's tools, as they were seen last, that no description needs. */
  public static SortedMap<String, List<ToolFinding>> findings(PinnedServer server) {
    SortedMap<String, List<ToolFinding>> findings = new TreeMap<>();
    for (ToolPin pin : server.tools().values()) {
      ToolDefinition seen = pin.seen();
      List<ToolFinding> found = seen == null ? List.of() : HiddenOrders.in(pin.name(), seen);
      if (!found.isEmpty()) {
        findings.put(pin.name(), found);
      }
    }
    return findings;
  }

  /**
   * Tells one state of a server's file from another, cheaply: its time and length.
   *
   * @throws IOException if it cannot be looked at
   */
  public String stamp(String server) throws IOException {
    try {
      Path file = file(server);
      return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS) + "/" + Files.size(file);
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  /**
   * Tells one state of all files from another, cheaply: the folder's time.
   *
   * @throws IOException if it cannot be looked at
   */
  public String stamp() throws IOException {
    try {
      return Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS).toString();
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  private Path file(String server) {
    return folder.resolve(SessionFileName.of(server) + ENDING);
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
