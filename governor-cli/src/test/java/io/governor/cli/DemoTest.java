package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.governor.cli.Cli.Result;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo with a stand-in for the sample agent, which records what {@link StateRoots} makes. */
class DemoTest {

  private static final String INSTALLATION =
      "{\"installation_id\": \"inst_11111111-2222-4333-8444-555555555555\"";

  @TempDir Path temp;

  private Path root;
  private Path sample;

  @BeforeEach
  void makeCheckout() throws IOException {
    root = temp.resolve("state");
    sample = temp.resolve("checkout/samples/support-agent/target/support-agent.jar");
    Files.createDirectories(Objects.requireNonNull(sample.getParent()));
    System.setProperty("governor.checkout", temp.resolve("checkout").toString());
  }

  @AfterEach
  void forgetCheckout() {
    System.clearProperty("governor.checkout");
  }

  /** A jar that holds nothing but where its classes are. */
  private void haveSample(String mainClass) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, mainClass);
    attributes.put(Attributes.Name.CLASS_PATH, classPath());
    try (OutputStream out = Files.newOutputStream(sample)) {
      new JarOutputStream(out, manifest).close();
    }
  }

  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toUri().toString())
        .collect(Collectors.joining(" "));
  }

  @Test
  void showsTheTranscriptTheRulesALineOfTheTraceTheExactPayloadAndWhatToTryNext()
      throws IOException {
    haveSample("io.governor.cli.FakeSample");

    Result result = Cli.at(root).run("demo");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(sameEverywhere(result.out())).isEqualTo(expected());
  }

  private String sameEverywhere(String text) {
    return text.replace(root.toString(), "ROOT")
        .replaceAll("\"runtime_version\": \"[^\"]*\"", "\"runtime_version\": \"<version>\"")
        .replaceAll("\"window_end\": \"[^\"]*\"", "\"window_end\": \"<now>\"");
  }

  private static String expected() throws IOException {
    try (InputStream in = DemoTest.class.getResourceAsStream("demo.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void whatItRecordedCanBeLookedAt() throws IOException {
    haveSample("io.governor.cli.FakeSample");
    Cli.at(root).run("demo");

    assertThat(Cli.at(root).run("list").out()).contains("unscoped-run").contains("ticket-4711");
  }

  @Test
  void aSampleThatFailsIsToldWithItsExitCode() throws IOException {
    haveSample("io.governor.cli.NoSuchClass");

    Result result = Cli.at(root).run("demo");

    assertThat(result.exitCode()).isEqualTo(ExitCode.LOCAL_IO);
    assertThat(result.err()).isEqualTo("governor: the sample agent failed: its exit code is 1\n");
  }

  @Test
  void aSampleThatIsNotBuiltIsNamed() {
    Result result = Cli.at(root).run("demo");

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("governor: the sample agent is not built: expected " + sample);
  }

  @Test
  void withoutACheckoutItSaysWhereToGetTheSample() {
    System.clearProperty("governor.checkout");

    Result result = Cli.at(root).run("demo");

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("get the sources and run bin/governor demo there");
  }

  @Test
  void whereNothingCanBeWrittenTheSampleIsNotRun() throws IOException {
    haveSample("io.governor.cli.FakeSample");
    Path readOnly = Files.createDirectories(temp.resolve("read-only"));
    assertThat(readOnly.toFile().setWritable(false)).isTrue();
    assumeThat(Files.isWritable(readOnly)).as("the superuser can write anywhere").isFalse();

    Result result = Cli.at(readOnly.resolve(".governor")).run("demo");

    assertThat(result.exitCode()).isEqualTo(ExitCode.LOCAL_IO);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("governor: " + readOnly + ": nothing can be written there");
  }

  @Test
  void itIsOfferedOnlyWhereThereAreSources() {
    String offered = Cli.at(root).run("--help").out() + Cli.at(root).run("status").out();
    System.clearProperty("governor.checkout");
    String installed = Cli.at(root).run("--help").out() + Cli.at(root).run("status").out();

    assertThat(offered).contains("  demo  ").contains(" demo  ");
    assertThat(installed).doesNotContain("demo");
  }

  @Test
  void aRegisteredInstallationIsNotTouched() throws IOException {
    haveSample("io.governor.cli.FakeSample");
    syncState(INSTALLATION + ", \"installation_secret\": \"not-a-real-one\"}");

    Result result = Cli.at(root).run("demo");

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("this installation is registered");
    assertThat(result.out()).isEmpty();
    assertThat(root.resolve("traces")).doesNotExist();
  }

  @Test
  void anInstallationWithoutASecretMayRunTheDemo() throws IOException {
    haveSample("io.governor.cli.FakeSample");
    syncState(INSTALLATION + "}");

    assertThat(Cli.at(root).run("demo").exitCode()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void whereNobodyCanTellWhetherItIsRegisteredNothingIsTouched() throws IOException {
    haveSample("io.governor.cli.FakeSample");
    syncState("{\"installation_secret\": \"not-a-real-one\"");

    Result result = Cli.at(root).run("demo");

    assertThat(result.exitCode()).isEqualTo(ExitCode.LOCAL_IO);
    assertThat(result.err()).contains("sync-state.json:1:").doesNotContain("not-a-real-one");
    assertThat(root.resolve("traces")).doesNotExist();
  }

  private void syncState(String json) throws IOException {
    Files.createDirectories(root);
    Files.writeString(root.resolve("sync-state.json"), json);
  }
}
