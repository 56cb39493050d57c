package io.governor.crypt;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys of a test, the last one current. */
public final class FixedKeys implements KeyProvider {

  private final Map<String, MasterKey> keys = new LinkedHashMap<>();
  private @Nullable MasterKey current;

  /** Keys whose bytes all are the number of the key, named {@code key-1} and so on. */
  public static FixedKeys of(int... numbers) {
    FixedKeys keys = new FixedKeys();
    for (int number : numbers) {
      keys.add(number);
    }
    return keys;
  }

  /** One more, which is current from now on. */
  public void add(int number) {
    byte[] bytes = new byte[MasterKey.BYTES];
    java.util.Arrays.fill(bytes, (byte) number);
    MasterKey key = MasterKey.of("key-" + number, bytes);
    keys.put(key.id(), key);
    current = key;
  }

  @Override
  public MasterKey current() {
    MasterKey key = current;
    if (key == null) {
      throw new IllegalStateException("the test has no key");
    }
    return key;
  }

  @Override
  public @Nullable MasterKey find(String id) {
    return keys.get(id);
  }
}
