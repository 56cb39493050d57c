package io.governor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.SessionFolders;
import io.governor.file.FollowedPaths;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The entries of a set say whose paths are meant. */
@DisabledOnOs(OS.WINDOWS)
class FolderSetTest {
  private static final SessionFolders FOLDERS =
      new SessionFolders(Path.of("/srv/project"), Path.of("/home/somebody"), null, null);

  @ParameterizedTest
  @CsvSource({
    "posix, a:b.txt, inside",
    "posix, /srv/project/10:30.log, inside",
    "posix, /srv/other/10:30.log, outside",
    "posix, /etc/a:b, outside",
    "posix, file:///srv/project/a, doubt",
    "posix, C:\\work\\a, doubt",
    "posix, C:/work/a, doubt",
    "posix, Acme Inc./report.txt, inside",
    "posix, a%2e%2e/b, doubt",
    "posix, /SRV/project/a, doubt",
    "windows, C:\\work\\a, inside",
    "windows, C:\\Users\\a, outside",
    "windows, C:\\work\\a:b, doubt",
    "windows, /work/a, doubt",
    "both, C:\\work\\a, inside",
    "both, C:\\Users\\a, outside",
    "both, /srv/project/a:b, inside",
    "both, /etc/a:b, outside",
    "both, \\\\server\\share\\a, outside"
  })
  void itsEntriesSayWhosePathsAreMeant(String entries, String path, String expected) {
    FolderSet set =
        new FolderSet(
            switch (entries) {
              case "posix" -> List.of("${workspace}");
              case "windows" -> List.of("C:\\work");
              default -> List.of("${workspace}", "C:\\work");
            });

    boolean doubting = set.contain(path, FOLDERS, new FollowedPaths(), true);
    boolean sure = set.contain(path, FOLDERS, new FollowedPaths(), false);

    assertThat(doubting == sure ? sure ? "inside" : "outside" : "doubt").isEqualTo(expected);
  }
}
