package io.governor.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The module where a host has none of the libraries that it can also govern. */
class WithoutFrameworksTest {

  private static final Pattern FRAMEWORKS =
      Pattern.compile(".*/(mcp-|reactor-|reactive-streams|langchain4j|okhttp|kotlin).*");

  @Test
  void everyClassButTheWrappersLoadsAndLinksWithoutThem() throws Exception {
    Path classes = classes();
    try (URLClassLoader loader = withoutFrameworks(classes)) {
      for (String name : names(classes.resolve("io/governor/mcp"), false)) {
        Class<?> loaded = Class.forName(name, true, loader);
        assertThat(loaded.getDeclaredMethods()).isNotNull();
        assertThat(loaded.getDeclaredFields()).isNotNull();
      }
    }
  }

  @Test
  void theWrappersNeedThem() throws Exception {
    try (URLClassLoader loader = withoutFrameworks(classes())) {
      assertThatThrownBy(
              () -> Class.forName("io.governor.mcp.sdk.GovernedClientTransport", true, loader))
          .isInstanceOf(NoClassDefFoundError.class);
    }
  }

  private static Path classes() throws URISyntaxException {
    return Path.of(McpProxy.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static List<String> names(Path folder, boolean wrappers) throws IOException {
    Path root = folder.getParent().getParent().getParent();
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(file -> file.endsWith(".class") && !file.contains("package-info"))
          .map(file -> file.substring(0, file.length() - 6).replace('/', '.'))
          .filter(name -> name.matches("io\\.governor\\.mcp\\.(sdk|langchain4j)\\..*") == wrappers)
          .toList();
    }
  }

  private static URLClassLoader withoutFrameworks(Path classes) throws MalformedURLException {
    List<URL> path = new ArrayList<>(List.of(classes.toUri().toURL()));
    for (String entry : System.getProperty("java.class.path").split(":", -1)) {
      if (!entry.isEmpty() && !FRAMEWORKS.matcher(entry).matches()) {
        path.add(Path.of(entry).toUri().toURL());
      }
    }
    return new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }
}
