package io.governor.pause;

import io.governor.file.OwnerOnly;
import io.governor.json.JsonProblem;
import io.governor.trace.SessionFileName;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that are paused below one state root: an owner-only file each, in the folder {@code
 * paused}, named as the session's trace file is. The file says who paused it, when, and under which
 * revision of the policy; nothing of a call. That the file is there pauses the session, whatever
 * can be read of it; that it is gone releases it.
 *
 * <p>Every step is one call of the system, so processes need no lock, and a process that is killed
 * leaves a whole file or none. Any thread may use it. A session's id may be any text: it cannot
 * lead out of the folder.
 */
public final class PausedSessions {

  private static final int LONGEST_NAME = 128;
  private static final String ENDING = ".json";
  private static final String TEMPORARY = ".tmp";

  /** A file on its way to its name is there for an instant, unless its process was killed. */
  private static final Duration LEFTOVER = Duration.ofHours(1);

  private final Path folder;

  private PausedSessions(Path folder) {
    this.folder = folder;
  }

  /** Those below a state root; nothing is created before the first is paused. */
  public static PausedSessions below(Path stateRoot) {
    return new PausedSessions(stateRoot.toAbsolutePath().normalize().resolve("paused"));
  }

  /** What sessions of this id are called here: the name of their trace files without an ending. */
  public static String name(String sessionId) {
    return SessionFileName.of(sessionId);
  }

  /**
   * Pauses the sessions of an id, unless they are paused.
   *
   * @param by the id of the rule that does, or {@link PausedSession#OPERATOR}
   * @return the pause that holds now
   * @throws IOException if it cannot be kept; then nothing has changed
   */
  public PausedSession pause(
      String sessionId, String by, Instant since, @Nullable Long policyRevision)
      throws IOException {
    String name = name(sessionId);
    PausedSession known = find(name);
    if (known != null) {
      return known;
    }
    PausedSession session = new PausedSession(name, sessionId, by, since, policyRevision);
    uninterrupted(
        () -> {
          OwnerOnly.createDirectories(folder);
          OwnerOnly.replace(file(name), PauseJson.text(session));
          sweep(since);
          return session;
        });
    return session;
  }

  /**
   * Releases the sessions of a name, see {@link PausedSession#name()}.
   *
   * @return what held until now, or null when there was nothing to release
   * @throws IOException if it cannot be removed; then it holds
   */
  public @Nullable PausedSession release(String name) throws IOException {
    PausedSession known = isName(name) ? find(name) : null;
    if (known != null) {
      Files.deleteIfExists(file(name));
    }
    return known;
  }

  /** The pause of this name, or null when there is none. */
  public @Nullable PausedSession find(String name) throws IOException {
    Path file = file(name);
    BasicFileAttributes attributes = attributes(file);
    if (attributes == null) {
      return null;
    }
    PausedSession read = attributes.isRegularFile() ? read(file, name) : null;
    return read != null
        ? read
        : new PausedSession(
            name, null, PausedSession.UNKNOWN, attributes.lastModifiedTime().toInstant(), null);
  }

  private static @Nullable BasicFileAttributes attributes(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** An agent's thread may be interrupted at any time; this way of reading does not mind. */
  private static @Nullable PausedSession read(Path file, String name) {
    try (InputStream in = new FileInputStream(file.toFile())) {
      return PauseJson.read(in.readNBytes(PauseJson.MOST_BYTES), name);
    } catch (IOException | JsonProblem e) {
      return null;
    }
  }

  /** All of them, the longest paused first. */
  public List<PausedSession> list() throws IOException {
    List<PausedSession> sessions = new ArrayList<>();
    for (String name : names()) {
      PausedSession session = find(name);
      if (session != null) {
        sessions.add(session);
      }
    }
    sessions.sort(Comparator.comparing(PausedSession::since).thenComparing(PausedSession::name));
    return List.copyOf(sessions);
  }

  /** The names of all of them, ascending. */
  public Set<String> names() throws IOException {
    Set<String> names = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(ENDING) && isName(name.substring(0, name.length() - ENDING.length()))) {
          names.add(name.substring(0, name.length() - ENDING.length()));
        }
      }
    } catch (NoSuchFileException e) {
      return Set.of();
    } catch (NotDirectoryException e) {
      if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
      // A file stands where a folder above should be: nothing was ever kept below it.
      return Set.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  /** Whether the text can be the name of a session's file. */
  public static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_NAME
        && text.chars().allMatch(PausedSessions::isOfNames);
  }

  private static boolean isOfNames(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '~';
  }

  private Path file(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "paused session: expected the name of a session's trace file without its ending");
    }
    return folder.resolve(name + ENDING);
  }

  /** Removes what processes that were killed have left behind. */
  private void sweep(Instant now) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*" + TEMPORARY)) {
      for (Path file : files) {
        BasicFileAttributes attributes = attributes(file);
        if (attributes != null
            && attributes.lastModifiedTime().toInstant().plus(LEFTOVER).isBefore(now)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private interface Writing<T> {
    T run() throws IOException;
  }

  /** Agents are cancelled by interrupting their threads, which must not undo a pause. */
  private static <T> T uninterrupted(Writing<T> writing) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      return writing.run();
    } catch (ClosedByInterruptException e) {
      interrupted = true;
      Thread.interrupted();
      return writing.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
