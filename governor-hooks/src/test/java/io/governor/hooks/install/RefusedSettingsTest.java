package io.governor.hooks.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are left as they are, and what is said about them. */
class RefusedSettingsTest {

  private static final String SETTINGS = ".claude/settings.json";

  @TempDir Path temp;

  private Installation claude() throws Exception {
    Home home = new Home(temp);
    return home.installation("claude-code", home.machine(), false);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          {\\n  // mine\\n  "model": "opus"\\n}           | 2:  | take them out, or add the hooks by hand
          {"a": 1, /* why */ "b": 2}                      | 1:  | take them out, or add the hooks by hand
          {"hooks": {},}                                  | 1:  | take them out, or add the hooks by hand
          {\\n  "a": [1, 2,\\n  ]\\n}                     | 3:  | take them out, or add the hooks by hand
          {"a": 1, "a": 2}                                | 1:  | left as it is
          {"a": 1                                         | 1:  | left as it is
          {'a': 1}                                        | 1:  | left as it is
          []                                              | 1:1 | <root>: expected an object
          {"hooks": []}                                   | 1:11: | hooks: expected an object
          {"hooks": {"PreToolUse": {"matcher": "Bash"}}}  | 1:26: | hooks.PreToolUse: expected a list
          """)
  void whatIsNotPlainJsonIsLeftAsItIs(String text, String place, String reason) throws Exception {
    String content = text.replace("\\n", "\n");
    new Home(temp).put(Map.of(SETTINGS, content));
    Installation installation = claude();

    assertThatThrownBy(() -> installation.changes(false))
        .isInstanceOf(InstallException.class)
        .hasMessageContaining(temp.resolve(SETTINGS) + ":" + place)
        .hasMessageContaining(reason);
    assertThat(Files.readString(temp.resolve(SETTINGS))).isEqualTo(content);
  }

  @Test
  void bytesThatAreNoTextAreLeftAsTheyAre() throws Exception {
    Files.createDirectories(temp.resolve(".claude"));
    Files.write(
        temp.resolve(SETTINGS), "{\"a\": \"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> claude().changes(false)).hasMessageContaining("UTF-8");
  }

  @Test
  void aLinkIsChangedWhereItLeadsAndStaysALink() throws Exception {
    new Home(temp).put(Map.of("dotfiles/claude.json", "{\"model\": \"opus\"}\n"));
    Files.createDirectories(temp.resolve(".claude"));
    Path link =
        Files.createSymbolicLink(temp.resolve(SETTINGS), Path.of("../dotfiles/claude.json"));

    Installation installation = claude();
    installation.apply(installation.changes(false), false);

    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(temp.resolve("dotfiles/claude.json")).content().contains("governor-hook");
    installation.apply(installation.changes(true), true);
    assertThat(temp.resolve("dotfiles/claude.json")).hasContent("{\"model\": \"opus\"}");
    assertThat(Files.isSymbolicLink(link)).isTrue();
  }

  @Test
  void aLinkThatLeadsNowhereIsRefused() throws Exception {
    Files.createDirectories(temp.resolve(".claude"));
    Files.createSymbolicLink(temp.resolve(SETTINGS), temp.resolve("gone.json"));

    assertThatThrownBy(() -> claude().changes(false)).hasMessageContaining("leads nowhere");
    assertThat(temp.resolve("gone.json")).doesNotExist();
  }

  @Test
  void aFolderIsRefused() throws Exception {
    Files.createDirectories(temp.resolve(SETTINGS));

    assertThatThrownBy(() -> claude().changes(false)).hasMessageContaining("expected a file");
  }

  @Test
  void aFileThatWasChangedMeanwhileIsNotOverwritten() throws Exception {
    new Home(temp).put(Map.of(SETTINGS, "{}"));
    Installation installation = claude();
    var changes = installation.changes(false);
    Files.writeString(temp.resolve(SETTINGS), "{\"model\": \"sonnet\"}");

    assertThatThrownBy(() -> installation.apply(changes, false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("changed meanwhile");
    assertThat(temp.resolve(SETTINGS)).hasContent("{\"model\": \"sonnet\"}");
  }

  @Test
  void aScriptOfSomebodyElseIsNotReplaced() throws Exception {
    Home home = new Home(temp);
    home.put(Map.of("project/.clinerules/hooks/PreToolUse", "#!/bin/sh\nexit 0\n"));
    Installation cline = home.installation("cline", home.machine(), false);

    assertThatThrownBy(() -> cline.changes(false)).hasMessageContaining("somebody else's");
    assertThat(cline.changes(true)).isEmpty();
  }

  @Test
  void whatIsMissingIsSaid() {
    Home home = new Home(temp);

    assertThatThrownBy(() -> home.installation("kiro", home.machine(), false))
        .hasMessageContaining("kiro-cli agent create");
    assertThatThrownBy(() -> Installation.of("cline", home.machine(), InstallOptions.OBSERVE))
        .hasMessageContaining("--project");
  }

  @Test
  void changesMadeMeanwhileSurviveTakingOut() throws Exception {
    new Home(temp).put(Map.of(SETTINGS, "{\n  \"model\": \"opus\"\n}\n"));
    Installation installation = claude();
    installation.apply(installation.changes(false), false);
    String edited =
        Files.readString(temp.resolve(SETTINGS)).replace("\"opus\"", "\"sonnet\", \"env\": {}");
    Files.writeString(temp.resolve(SETTINGS), edited);

    installation.apply(installation.changes(true), true);

    assertThat(temp.resolve(SETTINGS)).hasContent("{\n  \"model\": \"sonnet\", \"env\": {}\n}\n");
  }
}
