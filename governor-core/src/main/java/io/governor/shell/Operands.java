package io.governor.shell;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a command as options and operands, {@code --} respected. Options may stand behind
 * operands, as GNU's and git's do.
 *
 * @param options the options in order
 * @param names the operands in order
 * @param afterDashes how many of the operands stand behind {@code --}, or -1 without {@code --}
 */
record Operands(List<Option> options, List<String> names, int afterDashes) {

  static Operands of(List<String> words, Option.Valued valued) {
    int dashes = words.indexOf("--");
    List<String> before = dashes < 0 ? words : words.subList(0, dashes);
    List<String> after = dashes < 0 ? List.of() : words.subList(dashes + 1, words.size());
    List<Option> options = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Option option : Option.read(new Arguments(before, false), valued)) {
      String value = option.value();
      if (option.name().isEmpty() && value != null) {
        names.add(value);
      } else {
        options.add(option);
      }
    }
    names.addAll(after);
    return new Operands(options, names, dashes < 0 ? -1 : after.size());
  }

  /** Whether an option is given; a long one also by a beginning of its name. */
  boolean has(String... wanted) {
    return options.stream()
        .anyMatch(
            option -> List.of(wanted).stream().anyMatch(name -> abbreviates(option.name(), name)));
  }

  /** Whether an option is given in full, as one must be that makes a command harmless. */
  boolean hasExactly(String... wanted) {
    return options.stream().anyMatch(option -> option.is(wanted));
  }

  private static boolean abbreviates(String typed, String name) {
    boolean shortened = typed.length() > 2 && typed.startsWith("--") && name.startsWith(typed);
    return typed.equals(name) || shortened;
  }

  @Override
  public String toString() {
    return "Operands[" + options.size() + " options, " + names.size() + " names]";
  }
}
