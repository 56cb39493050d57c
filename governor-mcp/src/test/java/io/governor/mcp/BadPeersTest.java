package io.governor.mcp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * Servers and clients on standard streams that say what they should not: each request has exactly
 * one answer, what was refused reaches nobody, and the connection goes on.
 */
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the servers are shell scripts")
class BadPeersTest {

  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"read\"}}";
  private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":99,\"method\":\"ping\"}";
  private static final String NONE = "-";
  private static final Pattern ID = Pattern.compile("\"id\":([^,}]*)");
  private static final Pattern CODE = Pattern.compile("\"code\":(-?\\d+)");
  private static final Pattern HEX = Pattern.compile("\\\\x(\\p{XDigit}{2})");

  /** Says what a file holds when it is called, and answers to a ping. */
  private static final String ANSWERS =
      "while read -r line; do case $line in *tools/call*) cat \"$0\";;"
          + " *ping*) echo '{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{}}';; esac; done";

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "bad-servers.tsv",
      delimiter = '\t',
      quoteCharacter = '\0',
      ignoreLeadingAndTrailingWhitespace = false)
  void whateverAServerSaysEachRequestHasOneAnswer(
      String what, String says, String answer, String never, String logged, @TempDir Path folder)
      throws Exception {
    Path file = Files.write(folder.resolve("says"), bytes(says.equals(NONE) ? "" : says));
    try (StdioWire wire = new StdioWire(List.of("/bin/sh", "-c", ANSWERS, file.toString()))) {
      wire.say(CALL);
      wire.say(PING);
      wire.end();

      List<String> heard = wire.rest();
      assertThat(heard).filteredOn(line -> line.contains("\"id\":99")).hasSize(1);
      assertThat(heard)
          .filteredOn(line -> line.contains("\"id\":1,") || line.contains("\"id\":1}"))
          .hasSize(1)
          .allMatch(line -> line.contains(answer));
      assertThat(never.equals(NONE) ? "" : String.join("\n", heard)).doesNotContain(never);
      assertThat(wire.code()).isZero();
      assertThat(wire.log()).contains(logged.equals(NONE) ? "" : logged);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "bad-clients.tsv",
      delimiter = '\t',
      quoteCharacter = '\0',
      ignoreLeadingAndTrailingWhitespace = false)
  void whateverAClientSaysOnlyWhatWasUnderstoodReachesTheServer(
      String what, String says, String reaches, String answered, @TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("heard");
    try (StdioWire wire =
        new StdioWire(List.of("/bin/sh", "-c", "cat > \"$0\"; exit 0", file.toString()))) {
      wire.say(bytes(says));
      wire.end();

      List<String> heard = wire.rest();
      assertThat(wire.code()).isZero();
      assertThat(Files.readString(file)).isEqualTo(new String(bytes(reaches), UTF_8));
      assertThat(codes(heard)).isEqualTo(answered);
    }
  }

  @Test
  void aLineTooLongToBeKeptStillAnswersItsRequest(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("says");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"x\":\"".getBytes(UTF_8));
      byte[] part = new byte[1 << 20];
      Arrays.fill(part, (byte) 'a');
      for (int i = 0; i < 65; i++) {
        out.write(part);
      }
      out.write("\"}}\n".getBytes(UTF_8));
    }
    try (StdioWire wire = new StdioWire(List.of("/bin/sh", "-c", ANSWERS, file.toString()))) {
      wire.say(CALL);

      assertThat(wire.answer()).contains("\"id\":1,\"error\"");
      wire.say(PING);
      assertThat(wire.answer()).contains("\"id\":99");
    }
  }

  @Test
  void aFloodOfErrorsPassesASmallHeapAndDelaysNobody() throws Exception {
    List<String> command = FixtureServer.java("-Xmx24m");
    command.add(StdioProxyTest.ProxyMain.class.getName());
    // A line of 60 MB, and half a million of two bytes each, while a call is answered.
    String flood = "head -c 60000000 /dev/zero >&2; echo >&2; yes | head -c 1000000 >&2";
    command.addAll(
        List.of(
            "/bin/sh",
            "-c",
            "("
                + flood
                + ") & read -r line; echo '{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":{}}'; wait"));
    Process proxy =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader answers =
            new BufferedReader(new InputStreamReader(proxy.getInputStream(), UTF_8));
        OutputStream calls = proxy.getOutputStream()) {
      calls.write((CALL + "\n").getBytes(UTF_8));
      calls.flush();

      assertThat(answers.readLine()).contains("\"id\":1");
      assertThat(answers.readLine()).isNull();
      assertThat(proxy.waitFor()).isZero();
    } finally {
      proxy.destroyForcibly();
    }
  }

  @Test
  void whoSpeaksByteByByteIsUnderstood() throws Exception {
    try (StdioWire wire = new StdioWire(List.of("/bin/sh", "-c", "exec cat"))) {
      for (byte b : (CALL + "\r\n").getBytes(UTF_8)) {
        wire.say(new byte[] {b});
      }
      // What a cat says is a request of its own, under the same id.
      assertThat(wire.answer()).isEqualTo(CALL);
    }
  }

  /**
   * Ids and codes of the answers, sorted: who waits for a server that ends is told in any order.
   */
  private static String codes(List<String> heard) {
    return heard.stream().map(BadPeersTest::code).sorted().collect(Collectors.joining(" "));
  }

  private static String code(String line) {
    Matcher id = ID.matcher(line);
    Matcher code = CODE.matcher(line);
    String refused = line.contains("\"isError\":true") ? "!" : "=";
    return (id.find() ? id.group(1) : "none") + (code.find() ? code.group(1) : refused);
  }

  private static byte[] bytes(String written) {
    String text =
        new String(written.getBytes(UTF_8), ISO_8859_1).replace("\\n", "\n").replace("\\r", "\r");
    return HEX.matcher(text)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    Character.toString((char) Integer.parseInt(match.group(1), 16))))
        .getBytes(ISO_8859_1);
  }
}
