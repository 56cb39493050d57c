package io.governor.shell;

import io.governor.event.OperationClassification.Effect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A redirection and the file or descriptor it names (execution record, section 8.2, step 5).
 *
 * @param operator what stands before the target
 * @param target the word after it, or null where none follows
 */
record Redirection(Operator operator, @Nullable Word target) {
  private static final Effect READ = Effects.of("filesystem", "read F").get(0);
  private static final Effect OVERWRITE = Effects.of("filesystem", "modify N").get(0);
  private static final Effect APPEND = Effects.of("filesystem", "modify F").get(0);

  /** The operators; where one begins another, the longer stands first. */
  enum Operator {
    OVERWRITE_WITH_ALL_APPENDED("&>>"),
    OVERWRITE_WITH_ALL("&>"),
    HERE_STRING("<<<"),
    HEREDOC_WITHOUT_TABS("<<-"),
    HEREDOC("<<"),
    READ_FROM_DESCRIPTOR("<&"),
    READ_AND_WRITE("<>"),
    READ("<"),
    APPEND(">>"),
    OVERWRITE_ALWAYS(">|"),
    WRITE_TO_DESCRIPTOR(">&"),
    OVERWRITE(">");

    private static final List<Operator> LONGEST_FIRST = List.of(values());

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    int length() {
      return symbol.length();
    }

    boolean isHeredoc() {
      return this == HEREDOC || this == HEREDOC_WITHOUT_TABS;
    }

    /** The operator that stands at this place, or null. */
    static @Nullable Operator at(String text, int at) {
      for (Operator operator : LONGEST_FIRST) {
        if (text.startsWith(operator.symbol, at)) {
          return operator;
        }
      }
      return null;
    }
  }

  /** What it does, or null for nothing worth recording. */
  @Nullable Effect effect() {
    if (target == null) {
      return Effects.UNKNOWN;
    }
    String file = target.text();
    return switch (operator) {
      case READ -> READ;
      case OVERWRITE, OVERWRITE_ALWAYS, OVERWRITE_WITH_ALL -> unlessDiscarded(file, OVERWRITE);
      case APPEND, OVERWRITE_WITH_ALL_APPENDED -> unlessDiscarded(file, APPEND);
      case WRITE_TO_DESCRIPTOR -> toDescriptor(file);
      // "<&file" is no shell's way to read a file, so it stays unknown where ">&file" is not.
      case READ_FROM_DESCRIPTOR -> Syntax.areDigits(file) ? null : Effects.UNKNOWN;
      case READ_AND_WRITE -> Effects.UNKNOWN;
      case HEREDOC, HEREDOC_WITHOUT_TABS, HERE_STRING -> null;
    };
  }

  private static @Nullable Effect toDescriptor(String target) {
    if (Syntax.areDigits(target)) {
      return null;
    }
    // ">&-" closes a descriptor, ">&3-" moves one, which closes it too.
    boolean closes =
        target.endsWith("-")
            && (target.length() == 1 || Syntax.areDigits(target.substring(0, target.length() - 1)));
    return closes ? Effects.UNKNOWN : unlessDiscarded(target, OVERWRITE);
  }

  private static @Nullable Effect unlessDiscarded(String file, Effect effect) {
    return file.equals("/dev/null") ? null : effect;
  }

  boolean hasConstruct() {
    return target != null && target.construct();
  }

  /** Without the target: it is what the user typed. */
  @Override
  public String toString() {
    return "Redirection[" + operator + "]";
  }
}
