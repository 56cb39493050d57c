package io.governor.shell;

import io.governor.shell.Redirection.Operator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Block devices: writing to one overwrites a disk. */
final class Devices {
  private static final List<String> DISKS =
      List.of(
          "sd", "hd", "vd", "xvd", "nvme", "mmcblk", "disk", "rdisk", "md", "dm-", "mapper/",
          "loop", "mem", "kmem", "sr", "nbd", "zvol", "ram");

  private Devices() {}

  static boolean isDisk(String path) {
    @Nullable String plain = path.startsWith("/") ? LexicalPath.resolve("/", path) : null;
    if (plain == null || !plain.startsWith("/dev/")) {
      return false;
    }
    String name = plain.substring("/dev/".length());
    return DISKS.stream().anyMatch(name::startsWith);
  }

  /** The loss of a redirection, or null. */
  static @Nullable Loss written(Operator operator, String target) {
    return switch (operator) {
      case READ, READ_FROM_DESCRIPTOR, HERE_STRING, HEREDOC, HEREDOC_WITHOUT_TABS -> null;
      default -> isDisk(target) ? Loss.DEVICE : null;
    };
  }

  /** The loss of a program that writes to one of its operands. */
  static @Nullable Loss anyOf(List<String> arguments) {
    return arguments.stream().anyMatch(Devices::isDisk) ? Loss.DEVICE : null;
  }

  /** The loss of {@code dd}, whose operands are assignments. */
  static @Nullable Loss dd(List<String> arguments) {
    boolean disk =
        arguments.stream()
            .filter(argument -> argument.startsWith("of="))
            .anyMatch(argument -> isDisk(argument.substring(3)));
    return disk ? Loss.DEVICE : null;
  }
}
