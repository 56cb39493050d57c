package io.governor.mcp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer with a result as its bytes come, without keeping them: which members it has, the
 * id, how long the result is, and where it ends. Brackets and strings are followed, values are not
 * looked into. Not safe for use by several threads.
 */
final class AnswerScan {

  private static final int MAX_NAME = 256;
  private static final int MAX_ID = 4096;
  private static final Set<String> OF_OTHERS = Set.of("method", "params", "error");

  private static final String REQUESTS = "\"inputRequests\"";

  private final Set<String> names = new HashSet<>();
  private final StringBuilder inner = new StringBuilder();
  private boolean asks;
  private final ByteArrayOutputStream word = new ByteArrayOutputStream();
  private int depth;
  private boolean inString;
  private boolean escaped;
  private boolean value;
  private boolean ended;
  private boolean broken;
  private String name = "";
  private @Nullable RequestId id;
  private long resultBytes;

  /**
   * The next bytes.
   *
   * @return how many of them stand before the bracket that ends the answer; all, while it goes on
   */
  int feed(byte[] bytes, int from, int to) {
    int end = to;
    for (int i = from; i < to; i++) {
      boolean before = ended;
      take(bytes[i]);
      if (ended && !before) {
        end = i;
      }
    }
    return end - from;
  }

  /** Whether it can be an answer with a result, as far as it was read. */
  boolean isSound() {
    return !broken;
  }

  /** Whether all of it was read, and it is an answer with a result. */
  boolean isWhole() {
    return !broken && ended && id != null && names.contains("result");
  }

  /** Whether the result asks its client for something, as far as it was read. */
  boolean asks() {
    return asks;
  }

  /** Whether what comes next belongs to the result. */
  boolean isInResult() {
    return depth > 1 && value && name.equals("result");
  }

  /** The id of the request, or null while it was not read. */
  @Nullable RequestId id() {
    return id;
  }

  /** Bytes of the result's text. */
  long resultBytes() {
    return resultBytes;
  }

  private void take(byte c) {
    if (value && name.equals("result")) {
      resultBytes++;
    }
    if (depth == 2 && value && name.equals("result")) {
      inResult(c);
    }
    if (inString) {
      inString(c);
    } else if (ended) {
      broken |= !isBlank(c);
    } else {
      outside(c);
    }
  }

  /** Names of the result's members; one that is written with escapes could be any. */
  private void inResult(byte c) {
    if (!inString && c == ':') {
      asks |= inner.toString().equals(REQUESTS) || inner.indexOf("\\") >= 0;
    } else if (!inString && c == '"') {
      inner.setLength(0);
      inner.append('"');
    } else if (inString && inner.length() <= REQUESTS.length()) {
      inner.append((char) c);
    }
  }

  private void inString(byte c) {
    keep(c);
    if (escaped) {
      escaped = false;
    } else if (c == '\\') {
      escaped = true;
    } else if (c == '"') {
      inString = false;
    }
  }

  private void outside(byte c) {
    switch (c) {
      case '"' -> {
        inString = true;
        keep(c);
      }
      case '{', '[' -> {
        broken |= depth == 0 && c == '[';
        depth++;
        if (depth == 2) {
          // An id is no container, and a name neither.
          broken |= !value || name.equals("id");
        }
      }
      case '}', ']' -> close();
      case ':' -> named();
      case ',' -> separated();
      default -> keep(c);
    }
  }

  private void close() {
    if (depth == 1) {
      endMember();
      ended = true;
    }
    depth--;
    broken |= depth < 0;
  }

  private void separated() {
    if (depth == 1) {
      endMember();
    }
  }

  /** A name with an escape could be any; no peer writes one here. */
  private void named() {
    if (depth != 1) {
      return;
    }
    name = text();
    boolean plain = name.length() > 2 && name.startsWith("\"") && name.indexOf('\\') < 0;
    name = plain ? name.substring(1, name.length() - 1) : "";
    broken |= !plain || value || !names.add(name) || OF_OTHERS.contains(name);
    value = true;
  }

  private void endMember() {
    if (value && name.equals("id")) {
      id = RequestId.read(text());
      broken |= id == null;
    }
    word.reset();
    value = false;
  }

  private String text() {
    String text = word.toString(StandardCharsets.UTF_8);
    word.reset();
    return text;
  }

  /** Names and ids are kept, the rest is not. */
  private void keep(byte c) {
    if (depth != 1 || isBlankOutside(c) || (value && !name.equals("id"))) {
      broken |= depth == 0 && !isBlank(c);
      return;
    }
    broken |= word.size() >= (value ? MAX_ID : MAX_NAME);
    if (!broken) {
      word.write(c);
    }
  }

  private boolean isBlankOutside(byte c) {
    return !inString && isBlank(c);
  }

  private static boolean isBlank(byte c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
