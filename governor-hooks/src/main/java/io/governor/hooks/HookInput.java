package io.governor.hooks;

import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one payload on a hook's standard input, bounded whatever arrives. Confined to one thread. */
final class HookInput {

  /** Beyond this nobody is worth waiting for. */
  private static final long MOST_DRAINED = 1L << 30;

  private final BlankAware in;

  HookInput(InputStream in) {
    this.in = new BlankAware(in);
  }

  /**
   * The payload, or null when the input is blank. The input is read to its end in any case, because
   * an agent whose pipe breaks may take that for a failure of the hook.
   */
  @Nullable Map<String, @Nullable Object> read() throws HookProblem {
    try {
      if (StrictJson.parse(in, StrictJson.Limits.HOOK) instanceof Map<?, ?> object) {
        return members(object);
      }
      throw HookProblem.payload("the payload cannot be read: expected a JSON object");
    } catch (JsonProblem e) {
      if (in.isBlank()) {
        return null;
      }
      throw HookProblem.payload("the payload cannot be read: " + e.getMessage());
    } catch (IOException e) {
      throw HookProblem.payload("the payload cannot be read: standard input failed");
    } finally {
      in.drain(MOST_DRAINED);
    }
  }

  private static Map<String, @Nullable Object> members(Map<?, ?> object) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (Map.Entry<?, ?> member : object.entrySet()) {
      members.put((String) member.getKey(), member.getValue());
    }
    return members;
  }

  /** Remembers whether anything but white space came by. */
  private static final class BlankAware extends InputStream {

    private final InputStream in;
    private boolean blank = true;

    BlankAware(InputStream in) {
      this.in = in;
    }

    boolean isBlank() {
      return blank;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = in.read(target, offset, length);
      for (int i = offset; blank && i < offset + count; i++) {
        byte b = target[i];
        blank = b == ' ' || b == '\n' || b == '\r' || b == '\t';
      }
      return count;
    }

    void drain(long most) {
      byte[] rest = new byte[1 << 16];
      long drained = 0;
      try {
        for (int count = 0; count >= 0 && drained < most; drained += count) {
          count = in.read(rest);
        }
      } catch (IOException e) {
        // It ended, if not well.
      }
    }
  }
}
