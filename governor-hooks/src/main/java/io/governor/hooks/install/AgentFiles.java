package io.governor.hooks.install;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Looks at agents' files before they are changed. Stateless. */
final class AgentFiles {

  private static final long LARGEST = 4L << 20;

  private AgentFiles() {}

  /**
   * The file itself, whatever links lead to it; also where there is none yet.
   *
   * @throws InstallException if a link leads nowhere, or it is no file
   */
  static Path target(Path file) throws IOException, InstallException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return file;
    }
    try {
      Path real = file.toRealPath();
      if (!Files.isRegularFile(real)) {
        throw new InstallException(file + ": expected a file");
      }
      return real;
    } catch (NoSuchFileException e) {
      throw new InstallException(
          file + ": a link that leads nowhere: make the file it leads to, or remove the link");
    }
  }

  /** What a file holds, or null where there is none. */
  static byte @Nullable [] bytes(Path target) throws IOException, InstallException {
    if (!Files.exists(target)) {
      return null;
    }
    if (Files.size(target) > LARGEST) {
      throw new InstallException(target + ": it is larger than " + LARGEST + " bytes");
    }
    return Files.readAllBytes(target);
  }

  static String text(Path file, byte[] bytes) throws InstallException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw new InstallException(file + ": expected text in UTF-8");
    }
  }
}
