package io.governor.sync;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Opens a file through a channel and does nothing else, for tests that need a Java of its own. */
final class ReadFileMain {

  private ReadFileMain() {}

  public static void main(String[] arguments) throws IOException {
    try (FileChannel file = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.READ)) {
      System.out.println(file.size());
    }
  }
}
