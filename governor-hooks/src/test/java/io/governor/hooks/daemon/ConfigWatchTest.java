package io.governor.hooks.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.hooks.HookConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWatchTest {

  @TempDir Path root;
  private int edits;

  /** Files whose times a coarse clock cannot tell apart differ all the same. */
  private void config(String text) throws IOException {
    Path file = root.resolve("config.yaml");
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_000_000 + edits++)));
  }

  @Test
  void whatSaysTheSameOfHooksIsTheSame() throws Exception {
    ConfigWatch watch = new ConfigWatch(root, HookConfig.read(root));

    assertThat(watch.isOutdated()).isFalse();
    config("# nothing\n");
    assertThat(watch.isOutdated()).isFalse();
    config("hooks: {on_failure: closed}\n");
    assertThat(watch.isOutdated()).isTrue();
    config("hooks: {}\n");
    assertThat(watch.isOutdated()).isFalse();
  }

  @Test
  void aFileThatIsTakenAwayIsAChange() throws Exception {
    config("hooks: {on_failure: closed}\n");
    ConfigWatch watch = new ConfigWatch(root, HookConfig.read(root));

    Files.delete(root.resolve("config.yaml"));

    assertThat(watch.isOutdated()).isTrue();
  }

  @Test
  void oneThatIsRefusedChangesNothingAndIsTold() throws Exception {
    config("hooks: {on_failure: closed}\n");
    ConfigWatch watch = new ConfigWatch(root, HookConfig.read(root));
    assertThat(watch.notices()).isEmpty();

    config("hooks: {on_failure: close}\n");

    assertThat(watch.isOutdated()).isFalse();
    assertThat(watch.notices())
        .singleElement()
        .asString()
        .contains("what it said before holds", "config.yaml:1:", "did you mean closed?");
  }
}
