package io.governor.hooks.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What setting up does to each agent's files: whole files, compared with those of {@code golden}.
 */
class SetupTest {

  private static final boolean WRITE = "write".equals(System.getProperty("governor.golden"));

  @TempDir Path temp;

  static Stream<SetupCase> cases() {
    return SetupCase.all();
  }

  private static void apply(Installation installation, boolean remove) throws Exception {
    installation.apply(installation.changes(remove), remove);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void filesBecomeWhatTheyShould(SetupCase setup) throws Exception {
    Home home = new Home(temp);
    home.put(setup.stage("before"));
    Map<String, Map<String, String>> played = new LinkedHashMap<>();
    played.put("before", home.files());

    apply(home.installation(setup.agent(), home.machine(), false), false);
    played.put("observe", home.files());
    apply(home.installation(setup.agent(), home.machine(), true), false);
    played.put("enforce", home.files());

    if (WRITE) {
      setup.write(played);
    } else {
      assertThat(played).isEqualTo(setup.stages());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void settingUpTwiceChangesNothing(SetupCase setup) throws Exception {
    Home home = new Home(temp);
    home.put(setup.stage("before"));

    apply(home.installation(setup.agent(), home.machine(), true), false);

    assertThat(home.installation(setup.agent(), home.machine(), true).changes(false)).isEmpty();
    assertThat(home.installation(setup.agent(), home.machine(), true).isInstalled()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void takingOutLeavesWhatWasThereBefore(SetupCase setup) throws Exception {
    Home home = new Home(temp);
    home.put(setup.stage("before"));
    apply(home.installation(setup.agent(), home.machine(), false), false);
    apply(home.installation(setup.agent(), home.machine("opt/newer"), true), false);

    apply(home.installation(setup.agent(), home.machine(), false), true);

    assertThat(home.files()).isEqualTo(setup.stage("before"));
    assertThat(home.installation(setup.agent(), home.machine(), false).isInstalled()).isFalse();
    assertThat(home.installation(setup.agent(), home.machine(), false).changes(true)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aMovedInstallationIsMended(SetupCase setup) throws Exception {
    Home home = new Home(temp);
    home.put(setup.stage("before"));
    apply(home.installation(setup.agent(), home.machine("old/place"), false), false);

    apply(home.installation(setup.agent(), home.machine(), false), false);

    assertThat(home.files()).isEqualTo(setup.stage("observe"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aFileKeepsItsModeAndANewOneIsTheOwners(SetupCase setup) throws Exception {
    Home home = new Home(temp);
    home.put(setup.stage("before"));
    for (String file : setup.stage("before").keySet()) {
      Files.setPosixFilePermissions(
          temp.resolve(file), PosixFilePermissions.fromString("rw-r-----"));
    }

    apply(home.installation(setup.agent(), home.machine(), false), false);

    for (String file : home.files().keySet()) {
      String mode =
          PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve(file)));
      boolean isNew = !setup.stage("before").containsKey(file);
      assertThat(mode)
          .as(file)
          .isEqualTo(
              !isNew
                  ? "rw-r-----"
                  : file.contains("hooks/") && file.startsWith("project")
                      ? "rwxr-xr-x"
                      : "rw-------");
    }
  }
}
