package io.governor.crypt;

import io.governor.file.OwnerOnly;
import io.governor.file.Ownership;
import io.governor.file.ProcessLock;
import io.governor.file.StateRoot;
import io.governor.file.SystemRandom;
import io.governor.json.JsonProblem;
import io.governor.json.JsonWriter;
import io.governor.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The master keys of one state root, in the file {@value #NAME} that only its owner can use. The
 * last is the current one; the others open what was written before. Made when a key is first
 * needed. Without it the traces are lost: it belongs into a backup, and not into that of the
 * traces. Read at each use; safe for use by several threads and processes.
 */
public final class KeyFile implements KeyProvider {

  /** The file's name in the state root. */
  public static final String NAME = "trace-keys.json";

  private static final int LARGEST = 1 << 20;
  private static final Duration LOCKED = Duration.ofSeconds(5);

  private final Path file;

  private KeyFile(Path file) {
    this.file = file;
  }

  /** The keys of a state root. */
  public static KeyFile in(Path stateRoot) {
    return new KeyFile(stateRoot.toAbsolutePath().normalize().resolve(NAME));
  }

  /**
   * What opens a trace where it lies: the key file of the nearest folder above it that has one, as
   * copies of a state root have, and that of this user's state root.
   */
  public static KeyProvider near(Path trace) {
    return new NearbyKeys(trace);
  }

  /** Whether a provider is one of those that {@link #near} gives. */
  public static boolean looksNearby(KeyProvider keys) {
    return keys instanceof NearbyKeys;
  }

  /** Whether there is a key file where {@link #near} looks for those of a folder's files. */
  public static boolean isNear(Path folder) {
    return above(folder) != null || above(StateRoot.locate()) != null;
  }

  /** The key file of the nearest folder at or above a path that has one, or null. */
  static @Nullable KeyFile above(Path path) {
    for (Path p = path.toAbsolutePath().normalize(); p != null; p = p.getParent()) {
      if (Files.exists(p.resolve(NAME), LinkOption.NOFOLLOW_LINKS)) {
        return in(p);
      }
    }
    return null;
  }

  @Override
  public MasterKey current() throws IOException {
    List<MasterKey> keys = keys();
    return keys.isEmpty() ? add(false) : last(keys);
  }

  @Override
  public @Nullable MasterKey find(String id) throws IOException {
    for (MasterKey key : keys()) {
      if (key.id().equals(id)) {
        return key;
      }
    }
    return null;
  }

  /**
   * Makes a new key the current one; the others stay.
   *
   * @throws IOException if the file cannot be read or replaced, or others can use it
   */
  public MasterKey rotate() throws IOException {
    return add(true);
  }

  /** All keys, the current one last; none when no key was needed yet. */
  public List<MasterKey> keys() throws IOException {
    byte[] text;
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      Ownership.refuseUnlessSecret(file);
      text = in.readNBytes(LARGEST + 1);
    } catch (NoSuchFileException e) {
      return List.of();
    }
    try {
      return parse(text);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  @SuppressWarnings("try") // the lock is only held
  private MasterKey add(boolean another) throws IOException {
    try (ProcessLock lock = ProcessLock.await(file.resolveSibling(NAME + ".lock"), LOCKED)) {
      List<MasterKey> keys = new ArrayList<>(keys());
      if (keys.isEmpty() || another) {
        keys.add(MasterKey.named(SystemRandom.bytes(MasterKey.BYTES)));
        OwnerOnly.replace(file, text(keys));
      }
      return last(keys);
    }
  }

  private static MasterKey last(List<MasterKey> keys) {
    return keys.get(keys.size() - 1);
  }

  private static byte[] text(List<MasterKey> keys) {
    JsonWriter out = new JsonWriter(256).beginObject().member("keys").beginArray();
    for (MasterKey key : keys) {
      out.item().raw('\n').beginObject().member("id").value(key.id());
      String base64 = new String(Base64Url.encode(key.copy()), StandardCharsets.US_ASCII);
      out.member("key").value(base64).endObject();
    }
    return out.endArray().endObject().raw('\n').toByteArray();
  }

  private List<MasterKey> parse(byte[] text) throws IOException {
    try {
      Object document = StrictJson.parse(text, StrictJson.Limits.POLICY);
      if (document instanceof Map<?, ?> map && map.get("keys") instanceof List<?> list) {
        List<MasterKey> keys = new ArrayList<>();
        for (@Nullable Object item : list) {
          keys.add(key(item));
        }
        return keys;
      }
      throw refused();
    } catch (JsonProblem e) {
      throw refused();
    }
  }

  private MasterKey key(@Nullable Object item) throws IOException {
    if (item instanceof Map<?, ?> map
        && map.get("id") instanceof String id
        && map.get("key") instanceof String text) {
      byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
      byte[] bytes = Base64Url.decode(ascii, 0, ascii.length);
      if (bytes != null && bytes.length == MasterKey.BYTES) {
        MasterKey key = MasterKey.named(bytes);
        Arrays.fill(bytes, (byte) 0);
        if (key.id().equals(id)) {
          return key;
        }
      }
    }
    throw refused();
  }

  /** Of what stands there nothing is said. */
  private FileSystemException refused() {
    return new FileSystemException(
        file.toString(),
        null,
        "expected {\"keys\": [{\"id\": …, \"key\": …}]} as it was written, the current key last");
  }

  /** The file's path. */
  @Override
  public String toString() {
    return file.toString();
  }

  /** Finds keys where a trace lies, and in this user's state root. */
  private record NearbyKeys(Path trace) implements KeyProvider {

    @Override
    public MasterKey current() throws IOException {
      KeyFile nearest = above(trace);
      return (nearest == null ? in(StateRoot.locate()) : nearest).current();
    }

    @Override
    public @Nullable MasterKey find(String id) throws IOException {
      KeyFile nearest = above(trace);
      MasterKey key = nearest == null ? null : nearest.find(id);
      return key == null ? in(StateRoot.locate()).find(id) : key;
    }
  }
}
