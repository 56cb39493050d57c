package io.governor.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedPathsTest {

  private Path folder;
  private Path link;
  private RootedFiles inner;
  private RootedFiles outer;

  @BeforeEach
  void aLinkThatLeadsInside(@TempDir Path temporary) throws IOException {
    folder = temporary.toRealPath();
    Files.createDirectories(folder.resolve("inner"));
    Files.createDirectories(folder.resolve("elsewhere"));
    link = Files.createSymbolicLink(folder.resolve("link"), Path.of("inner"));
    inner = RootedFiles.under(List.of(folder.resolve("inner")));
    outer = RootedFiles.under(List.of(folder.resolve("elsewhere"), folder));
  }

  @Test
  void allWhoAskInOneDecisionSeeOneStateOfTheFiles() throws IOException {
    FollowedPaths decision = new FollowedPaths();
    assertThat(inner.resolve("link/a", folder, decision)).isInstanceOf(RootedFiles.Inside.class);

    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("elsewhere"));

    assertThat(inner.resolve("link/a", folder, decision)).isInstanceOf(RootedFiles.Inside.class);
    assertThat(inner.resolve("link/b", folder, decision)).isInstanceOf(RootedFiles.Inside.class);
    assertThat(outer.resolve("link/a", folder, decision))
        .isEqualTo(new RootedFiles.Inside(folder.resolve("inner/a")));
  }

  @Test
  void theNextDecisionLooksAgain() throws IOException {
    assertThat(inner.contains("link/a", folder)).isTrue();

    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("elsewhere"));

    assertThat(inner.contains("link/a", folder)).isFalse();
  }

  @Test
  void oneTextLeadsElsewhereFromAnotherDirectory() {
    FollowedPaths decision = new FollowedPaths();

    assertThat(inner.resolve("a", link, decision)).isInstanceOf(RootedFiles.Inside.class);
    assertThat(inner.resolve("a", folder, decision)).isInstanceOf(RootedFiles.Outside.class);
  }

  @Test
  void whereAnAbsolutePathLeadsDoesNotDependOnTheWorkingDirectory() throws IOException {
    Path circle = folder.resolve("circle");
    Files.createSymbolicLink(circle, circle);

    assertThat(inner.contains("a", circle)).isFalse();
    assertThat(inner.contains(folder.resolve("inner/a").toString(), circle)).isTrue();
  }

  @Test
  void moreThanItRemembersIsFollowedAllTheSame() {
    FollowedPaths decision = new FollowedPaths();

    for (int i = 0; i < 10_000; i++) {
      assertThat(inner.resolve("link/" + i, folder, decision))
          .isInstanceOf(RootedFiles.Inside.class);
    }

    assertThat(decision).hasToString("FollowedPaths[4096 paths]");
  }
}
