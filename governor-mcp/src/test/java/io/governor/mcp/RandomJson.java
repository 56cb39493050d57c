package io.governor.mcp;

import java.util.SplittableRandom;

/** Writes random JSON texts in all the ways that mean the same. */
final class RandomJson {

  private static final String[] BLANKS = {"", "", "", " ", "\t", "\r", "  "};
  private static final String[] STRINGS = {
    "",
    "a",
    "name",
    "üñî",
    "😀",
    "\\u0041\\n",
    "tab\\t",
    "q\\\"q",
    "back\\\\",
    "[1,2]",
    "{\\\"id\\\":1}"
  };
  private static final String[] SCALARS = {
    "0", "-1", "12345678901234567890", "1.50", "1e3", "true", "false", "null"
  };

  private final SplittableRandom random;

  RandomJson(SplittableRandom random) {
    this.random = random;
  }

  String text(int depth) {
    return blank() + value(depth) + blank();
  }

  private String value(int depth) {
    return switch (random.nextInt(depth > 0 ? 5 : 3)) {
      case 0 -> SCALARS[random.nextInt(SCALARS.length)];
      case 1, 2 -> string("");
      case 3 -> object(depth);
      default -> array(depth);
    };
  }

  private String string(String suffix) {
    return '"' + STRINGS[random.nextInt(STRINGS.length)] + suffix + '"';
  }

  private String object(int depth) {
    StringBuilder text = new StringBuilder("{" + blank());
    int members = random.nextInt(4);
    for (int i = 0; i < members; i++) {
      text.append(i == 0 ? "" : "," + blank())
          .append(string(Integer.toString(i)))
          .append(blank())
          .append(':')
          .append(blank())
          .append(value(depth - 1))
          .append(blank());
    }
    return text.append('}').toString();
  }

  private String array(int depth) {
    StringBuilder text = new StringBuilder("[" + blank());
    int items = random.nextInt(4);
    for (int i = 0; i < items; i++) {
      text.append(i == 0 ? "" : "," + blank()).append(value(depth - 1)).append(blank());
    }
    return text.append(']').toString();
  }

  private String blank() {
    return BLANKS[random.nextInt(BLANKS.length)];
  }
}
