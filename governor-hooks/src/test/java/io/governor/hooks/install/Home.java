package io.governor.hooks.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A home with agents in it, below a folder of a test. */
record Home(Path folder) {

  Machine machine() {
    return machine("opt/governor");
  }

  /** The machine with Governor installed elsewhere below the home. */
  Machine machine(String installed) {
    return new Machine(
        folder,
        folder.resolve(".governor"),
        folder.resolve(installed).resolve("bin").resolve("governor-hook"),
        Map.of());
  }

  Installation installation(String agent, Machine machine, boolean enforce) throws Exception {
    Path project = agent.equals("cline") ? folder.resolve("project") : null;
    return Installation.of(
        agent, machine, new InstallOptions(project, enforce, null, enforce, false));
  }

  void put(Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(Objects.requireNonNull(path.getParent()));
      Files.writeString(path, file.getValue());
    }
  }

  /** Every file but ours, by its path, with a name for the folder that each run has another of. */
  Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(path).toString();
        if (!name.startsWith(".governor/")) {
          files.put(name, Files.readString(path).replace(folder.toString(), "/HOME"));
        }
      }
    }
    return files;
  }
}
