package io.governor.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Two directories beside each other with links between them, on the real file system. */
record RootedTree(Path root, Path out) {

  static RootedTree in(Path directory) throws IOException {
    Path real = directory.toRealPath();
    Path root = Files.createDirectory(real.resolve("root"));
    Path out = Files.createDirectory(real.resolve("out"));
    Files.createDirectories(root.resolve("dir/sub"));
    Files.createDirectories(root.resolve("dots.d/..x"));
    Files.createDirectory(real.resolve("rootx"));
    Files.writeString(root.resolve("a.txt"), "a");
    Files.writeString(root.resolve("100%.txt"), "a");
    Files.writeString(root.resolve("dir/b.txt"), "b");
    Files.writeString(out.resolve("s.txt"), "s");
    link(root, "in", "dir");
    link(root, "up", "..");
    link(root, "out", out.toString());
    link(root, "abs", root.resolve("dir").toString());
    link(root, "secret", out.resolve("s.txt").toString());
    link(root, "dangling", out.resolve("new.txt").toString());
    link(root, "fresh", "dir/new.txt");
    link(root, "loop1", "loop2");
    link(root, "loop2", "loop1");
    link(root, "chain", "in/../out");
    link(root, "self", ".");
    link(out, "back", root.toString());
    return new RootedTree(root, out);
  }

  private static void link(Path directory, String name, String target) throws IOException {
    Files.createSymbolicLink(directory.resolve(name), Path.of(target));
  }
}
