package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When {@code bin/governor} builds; Maven is a stand-in, see {@link LauncherHarness}. */
@DisabledOnOs(OS.WINDOWS)
class LauncherBuildTest extends LauncherHarness {

  @Test
  void withAStandInForMavenTheFirstUseBuildsAndSaysSoInOneLine() throws IOException {
    Result first = governor("list");
    Result second = governor("list");

    assertThat(first)
        .isEqualTo(new Result(0, called("list"), "governor: building governor (first use) …\n"));
    assertThat(second).isEqualTo(new Result(0, called("list"), ""));
    assertThat(builds()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"governor-core/src/main/java/A.java", "governor-sync/pom.xml", "pom.xml"})
  void withAStandInForMavenAChangedSourceIsBuiltAgain(String changed) throws IOException {
    haveJar(OLD.plusSeconds(60));
    Files.setLastModifiedTime(checkout.resolve(changed), FileTime.from(LATER));

    Result result = governor("list");

    assertThat(result.err()).isEqualTo("governor: building governor (sources have changed) …\n");
    assertThat(builds()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"daemon run", "daemon once codex", "hook codex"})
  void withAStandInForMavenNothingThatAHookStartsIsBuilt(String command) throws IOException {
    haveJar(OLD.plusSeconds(60));
    Files.setLastModifiedTime(checkout.resolve("pom.xml"), FileTime.from(LATER));

    Result result = governor(command.split(" ", -1));

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(builds()).isZero();
  }

  @Test
  void withAStandInForMavenARemovedSourceIsBuiltAgain() throws IOException {
    haveJar(OLD.plusSeconds(60));
    Files.delete(checkout.resolve("governor-core/src/main/java/A.java"));

    governor("list");

    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void withAStandInForMavenASourceChangedDuringTheBuildIsBuiltNextTime() throws IOException {
    // A stand-in builds within one tick of the file system's clock, which a real build never does.
    fakeMaven("touch -t 203001010000 governor-core/src/main/java/A.java\n");

    governor("list");
    fakeMaven("");
    governor("list");

    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void withAStandInForMavenTestsAndOtherModulesDoNotMatter() throws IOException {
    haveJar(OLD.plusSeconds(60));
    write(checkout.resolve("governor-core/src/test/java/ATest.java"), "class ATest {}");
    write(checkout.resolve("governor-langchain4j/src/main/java/B.java"), "class B {}");

    governor("list");

    assertThat(builds()).isZero();
  }

  @Test
  void withAStandInForMavenTwoStartingAtOnceBuildOnce() throws IOException {
    fakeMaven("sleep 2\n");
    List<String> command = List.of(checkout.resolve("bin/governor").toString(), "list");

    Process one = start(temp, Map.of(), command);
    Process two = start(temp, Map.of(), command);
    Result first = finish(one);
    Result second = finish(two);

    assertThat(List.of(first.exitCode(), second.exitCode())).containsOnly(0);
    assertThat(List.of(first.out(), second.out())).containsOnly(called("list"));
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void withAStandInForMavenALockOfADeadProcessIsTakenAway() throws IOException {
    Path lock = Files.createDirectories(checkout.resolve("target/governor-build.lock"));
    Files.writeString(lock.resolve("pid"), "999999999\n");

    Result result = governor("list");

    assertThat(result.exitCode()).isZero();
    assertThat(builds()).isEqualTo(1);
    assertThat(lock).doesNotExist();
  }

  @Test
  void withAStandInForMavenAFailedBuildShowsItsOutputAndLeavesNothingBehind() throws IOException {
    script(tools.resolve("mvn"), "echo 'it does not compile'\nexit 1\n");

    Result result = governor("list");

    assertThat(result.exitCode()).isEqualTo(ExitCode.LOCAL_IO);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .isEqualTo(
            """
            governor: building governor (first use) …
            it does not compile
            governor: the build failed; its output stands above
            """);
    assertThat(checkout.resolve("target/governor-build.lock")).doesNotExist();
    assertThat(jar()).doesNotExist();
  }

  @Test
  void withAStandInForMavenTheDemoBuildsTheSampleToo() throws IOException {
    write(checkout.resolve("samples/support-agent/pom.xml"), "<project/>");

    governor("list");
    Path sample = checkout.resolve("samples/support-agent/target/support-agent.jar");
    assertThat(sample).doesNotExist();
    governor("demo");

    assertThat(sample).exists();
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void withoutMavenItSaysWhatIsMissing() throws IOException {
    Files.delete(tools.resolve("mvn"));

    Result result =
        run(
            Map.of("PATH", onlyPosixTools().toString()),
            checkout.resolve("bin/governor").toString(),
            "list");

    assertThat(result.exitCode()).isEqualTo(ExitCode.LOCAL_IO);
    assertThat(result.err())
        .startsWith("governor: Maven is not installed: expected mvn 3.8 or later");
  }
}
