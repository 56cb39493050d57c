package io.governor.benchmarks.trace;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A file for each caller, opened for appending. */
final class OwnFiles implements Stage {

  private final Path folder;
  private final Function<OutputStream, Append> use;
  private final List<OutputStream> open = new ArrayList<>();

  OwnFiles(Path folder, Function<OutputStream, Append> use) {
    this.folder = folder;
    this.use = use;
  }

  @Override
  public synchronized Append caller() throws IOException {
    OutputStream out = append(folder.resolve("own-" + open.size()));
    open.add(out);
    return use.apply(out);
  }

  static OutputStream append(Path file) throws IOException {
    return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND);
  }

  @Override
  public synchronized void close() throws IOException {
    for (OutputStream out : open) {
      out.close();
    }
  }
}
