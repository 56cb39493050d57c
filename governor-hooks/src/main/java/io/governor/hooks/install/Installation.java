package io.governor.hooks.install;

import io.governor.file.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The hooks of one coding agent on this machine. First say what would change, then apply it: each
 * file is replaced in one step, keeps its mode, and has a copy of what it held before in {@code
 * backups} under the state root. A file that is a link is changed where it leads. What is not ours
 * stays byte for byte; a file that is not plain JSON is refused. For one thread.
 */
public final class Installation {

  private static final String BACKUPS = "backups";
  private static final String BEFORE = ".before";
  private static final String ABSENT = ".absent";
  private static final String LAST = ".last";

  private final String agent;
  private final Machine machine;
  private final List<Part> parts;

  private Installation(String agent, Machine machine, List<Part> parts) {
    this.agent = agent;
    this.machine = machine;
    this.parts = List.copyOf(parts);
  }

  /** The names of the agents that can be set up. */
  public static List<String> agents() {
    return Arrays.stream(AgentSetup.values()).map(AgentSetup::agentName).toList();
  }

  /**
   * The hooks of an agent as they should be.
   *
   * @throws InstallException if the agent has no place for them
   * @throws IllegalArgumentException for an agent that is not known
   */
  public static Installation of(String agent, Machine machine, InstallOptions options)
      throws InstallException, IOException {
    AgentSetup setup = AgentSetup.named(agent);
    if (setup == null) {
      throw new IllegalArgumentException("unknown agent: expected one of " + agents());
    }
    return new Installation(agent, machine, setup.parts(machine, options));
  }

  /** The files that hold hooks, as the agent names them. */
  public List<Path> files() {
    return parts.stream().map(Part::file).toList();
  }

  /** Whether hooks of ours are there, of whatever version. */
  public boolean isInstalled() {
    return parts.stream().anyMatch(Part::isInstalled);
  }

  /**
   * The commands of ours that the agent runs now, by event; for an HTTP hook, its address.
   *
   * @throws InstallException if a file cannot be read as the agent's
   */
  public Map<String, String> installedCommands() throws IOException, InstallException {
    Map<String, String> commands = new LinkedHashMap<>();
    for (Part part : parts) {
      commands.putAll(part.commands());
    }
    return commands;
  }

  /**
   * The HTTP hooks of ours that the agent asks now, by event.
   *
   * @throws InstallException if a file cannot be read as the agent's
   */
  public Map<String, InstalledHttpHook> installedHttpHooks() throws IOException, InstallException {
    Map<String, InstalledHttpHook> hooks = new LinkedHashMap<>();
    for (Part part : parts) {
      hooks.putAll(part.httpHooks());
    }
    return hooks;
  }

  /** The events of an agent whose answer can refuse a call, whatever the agent calls them. */
  public static boolean refuses(String event) {
    return AgentSetup.REFUSING.contains(event);
  }

  /**
   * What has to change so that the hooks are there as they should be, or are gone.
   *
   * @throws InstallException if a file holds what must not be touched; nothing was changed
   */
  public List<FileChange> changes(boolean remove) throws IOException, InstallException {
    List<FileChange> changes = new ArrayList<>();
    for (Part part : parts) {
      FileChange change = part.change(remove, kept(part.file()));
      if (change.isNeeded()) {
        changes.add(change);
      }
    }
    return changes;
  }

  /**
   * Makes the changes.
   *
   * @return where what the files held before is kept
   * @throws IOException if a file cannot be written, or was changed since
   */
  public List<Path> apply(List<FileChange> changes, boolean remove) throws IOException {
    List<Path> kept = new ArrayList<>();
    for (FileChange change : changes) {
      kept.add(keep(change, remove));
      write(change);
      if (remove) {
        Files.deleteIfExists(backup(change.file(), BEFORE));
        Files.deleteIfExists(backup(change.file(), ABSENT));
      }
    }
    return kept;
  }

  // --- What was there before -------------------------------------------------------------------

  private @Nullable Kept kept(Path file) throws IOException {
    Path before = backup(file, BEFORE);
    if (Files.isRegularFile(before, LinkOption.NOFOLLOW_LINKS)) {
      return new Kept(Files.readAllBytes(before));
    }
    return Files.exists(backup(file, ABSENT), LinkOption.NOFOLLOW_LINKS) ? new Kept(null) : null;
  }

  /** Keeps what a file holds: once what it held without ours, and always what it held last. */
  private Path keep(FileChange change, boolean remove) throws IOException {
    OwnerOnly.createDirectories(machine.stateRoot().resolve(BACKUPS));
    byte[] before = change.before();
    boolean first = !remove && !holdsOurs(change.file());
    if (first) {
      Files.deleteIfExists(backup(change.file(), before == null ? BEFORE : ABSENT));
      Path kept = backup(change.file(), before == null ? ABSENT : BEFORE);
      OwnerOnly.replace(kept, before == null ? new byte[0] : before);
      return kept;
    }
    Path last = backup(change.file(), LAST);
    OwnerOnly.replace(last, before == null ? new byte[0] : before);
    return last;
  }

  private boolean holdsOurs(Path file) {
    return parts.stream().anyMatch(part -> part.file().equals(file) && part.isInstalled());
  }

  private Path backup(Path file, String suffix) {
    String path = file.toAbsolutePath().normalize().toString();
    String digits = HexFormat.of().formatHex(sha256(path), 0, 8);
    String name = agent + "-" + digits + "-" + file.getFileName() + suffix;
    return machine.stateRoot().resolve(BACKUPS).resolve(name);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  // --- Writing ---------------------------------------------------------------------------------

  private static void write(FileChange change) throws IOException {
    Path target = change.target();
    byte[] now = Files.exists(target) ? Files.readAllBytes(target) : null;
    if (!Arrays.equals(now, change.before())) {
      throw new FileSystemException(
          target.toString(), null, "it was changed meanwhile: run this again");
    }
    byte[] after = change.after();
    if (after == null) {
      Files.delete(target);
      return;
    }
    Path folder = Objects.requireNonNull(target.toAbsolutePath().getParent());
    Files.createDirectories(folder);
    replace(target, after, now == null ? modeOf(change.mode()) : modeOf(target, change.mode()));
  }

  private static void replace(Path target, byte[] bytes, @Nullable Set<PosixFilePermission> mode)
      throws IOException {
    Path temporary =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    OwnerOnly.createFile(temporary);
    try {
      fill(temporary, bytes, target);
      if (mode != null) {
        Files.setPosixFilePermissions(temporary, mode);
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** A disk that is full is said without a word of where. */
  private static void fill(Path temporary, byte[] bytes, Path target) throws IOException {
    try {
      Files.write(temporary, bytes);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      FileSystemException named =
          new FileSystemException(target.toString(), null, String.valueOf(e.getMessage()));
      named.initCause(e);
      throw named;
    }
  }

  private static @Nullable Set<PosixFilePermission> modeOf(String mode) {
    return isPosix() ? PosixFilePermissions.fromString(mode) : null;
  }

  /** The mode a file has; a script can be run afterwards, whatever it was. */
  private static @Nullable Set<PosixFilePermission> modeOf(Path target, String wanted)
      throws IOException {
    if (!isPosix()) {
      return null;
    }
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(target);
    if (wanted.contains("x")) {
      mode.add(PosixFilePermission.OWNER_EXECUTE);
    }
    return mode;
  }

  private static boolean isPosix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }
}
