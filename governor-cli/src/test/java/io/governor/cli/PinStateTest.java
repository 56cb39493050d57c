package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the status tells of the tools of MCP servers. */
class PinStateTest {

  @TempDir Path root;

  @Test
  void nothingIsSaidWhereNoServerIsPinned() {
    assertThat(status()).doesNotContain("MCP");
  }

  @Test
  void toolsThatAreNotAsPinnedAreToldInOneLine() throws IOException {
    PinRoots.make(root);

    assertThat(status().lines().filter(line -> line.startsWith("MCP")).toList())
        .singleElement()
        .asString()
        .contains(
            "tools and prompts of 2 servers pinned: 5 not as pinned, 3 with orders to the model,"
                + " 1 named like another server's (governor mcp pins diff)");
    assertThat(Cli.at(root).run("status", "--json").out())
        .contains("\"mcp_pins\": {\"servers\": 2, \"differ\": 5, \"suspect\": 3, \"shadowed\": 1");

    Cli.at(root).run("mcp", "pins", "accept", "files");
    Cli.at(root).run("mcp", "pins", "accept", "web");
    assertThat(status()).contains("tools and prompts of 2 servers pinned: 3 with orders");
  }

  @Test
  void pinsThatCannotBeReadAreTold() throws IOException {
    PinRoots.make(root);
    Files.writeString(root.resolve("pins").resolve("files.json"), "{");

    assertThat(status()).contains("the pins cannot be read, and every tool counts as changed");
  }

  private String status() {
    Cli.Result result = Cli.at(root).run("status");
    assertThat(result.exitCode()).isZero();
    return result.out();
  }
}
