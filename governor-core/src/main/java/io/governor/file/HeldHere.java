package io.governor.file;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which lock files somebody in this process holds, or tries for. It stands among the system
 * properties, because those are all that the class loaders of a process have in common: an
 * application server has this class once for each application. Stateless but for that; any thread
 * may use it.
 *
 * <p>An entry that a class loader leaves behind for good, unloaded with a session open, costs the
 * next one a file beside. A property carries no path: hosts show their properties to others.
 */
final class HeldHere {

  private static final String PREFIX = "io.governor.lock.";

  /** The same for this class loader alone: hosts may put other properties in the place of these. */
  private static final Set<Path> OF_THIS_LOADER = ConcurrentHashMap.newKeySet();

  private HeldHere() {}

  /** Whether nobody had it; now the caller does. */
  static boolean add(Path path) {
    if (!OF_THIS_LOADER.add(path)) {
      return false;
    }
    boolean added = System.getProperties().putIfAbsent(property(path), "held") == null;
    if (!added) {
      OF_THIS_LOADER.remove(path);
    }
    return added;
  }

  static void remove(Path path) {
    System.getProperties().remove(property(path));
    OF_THIS_LOADER.remove(path);
  }

  private static String property(Path path) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(path.toString().getBytes(StandardCharsets.UTF_8));
      return PREFIX + HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
