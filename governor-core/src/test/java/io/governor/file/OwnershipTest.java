package io.governor.file;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class OwnershipTest {

  @TempDir Path temp;

  private Path folder;
  private Path file;

  @BeforeEach
  void aFileOfOurOwn() throws IOException {
    folder = temp.resolve("folder");
    OwnerOnly.createDirectories(folder);
    file = folder.resolve("file");
    OwnerOnly.createFile(file);
  }

  @Test
  void whatIsOurOwnOrNotThereIsNotRefused() {
    assertThatCode(() -> Ownership.refuseUnlessOwn(folder)).doesNotThrowAnyException();
    assertThatCode(() -> Ownership.refuseUnlessOwn(file)).doesNotThrowAnyException();
    assertThatCode(() -> Ownership.refuseUnlessOwn(folder.resolve("none")))
        .doesNotThrowAnyException();
    assertThatCode(() -> Ownership.refuseIfOthersCanWrite(file)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw--w----", "rw-rw----", "rw-----w-"})
  void whatOthersCanWriteIsNotOurOwn(String mode) throws IOException {
    mode(file, mode);

    assertThatThrownBy(() -> Ownership.refuseUnlessOwn(file))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(
            file
                + ": can be written by others than its owner, so it is not used; expected chmod"
                + " go-w, once it is looked through");
  }

  @Test
  void aLinkIsNotOurOwnWhereverItLeads() throws IOException {
    for (Path to : new Path[] {file, folder, folder.resolve("none")}) {
      Path link = Files.createSymbolicLink(temp.resolve("to-" + to.getFileName()), to);

      assertThatThrownBy(() -> Ownership.refuseUnlessOwn(link))
          .hasMessageStartingWith(link + ": is a symbolic link");
    }
  }

  @Test
  void aPipeIsNotOurOwn() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertThatThrownBy(() -> Ownership.refuseUnlessOwn(pipe))
        .hasMessageStartingWith(pipe + ": is neither a file nor a directory");
  }

  @Test
  void whatBelongsToSomebodyElseIsRefused() throws IOException {
    try {
      UserPrincipal nobody =
          file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
      Files.setOwner(file, nobody);
    } catch (IOException e) {
      assumeThat(e).as("only the superuser can give a file away").isNull();
    }

    assertThatThrownBy(() -> Ownership.refuseUnlessOwn(file))
        .hasMessageStartingWith(file + ": belongs to somebody else");
    assertThatThrownBy(() -> Ownership.refuseIfOthersCanWrite(file))
        .hasMessage(file + ": expected a file of the user whose directory it is in");
  }

  @ParameterizedTest
  @CsvSource({
    "rwx------, rw-rw-rw-, ",
    "rwxr-xr-x, rw-r--r--, ",
    "rwxr-xr-x, rw-rw----, file",
    "rwx-----x, rw-----w-, file",
    "rwxrwx---, rw-------, folder",
    "rwx----w-, rw-------, folder"
  })
  void aFileCountsWhereNobodyElseCouldWriteOrReplaceIt(String around, String own, String refused)
      throws IOException {
    mode(file, own);
    mode(folder, around);

    if (refused == null) {
      assertThatCode(() -> Ownership.refuseIfOthersCanWrite(file)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> Ownership.refuseIfOthersCanWrite(file))
          .hasMessageStartingWith((refused.equals("file") ? file : folder) + ": expected a ")
          .hasMessageEndingWith("chmod go-w");
    }
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }
}
