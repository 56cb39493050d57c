package io.governor.approval;

import io.governor.file.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder {@code approvals} below the state root. Every step on a file is one call of the
 * system, so processes need no lock: a file appears whole, and one that two want to take goes to
 * one of them. Safe for use by several threads.
 */
final class ApprovalFolder {

  private static final Logger LOG = LoggerFactory.getLogger("io.governor.approval");
  private static final String QUESTION = ".question.json";
  private static final String ANSWER = ".answer.json";

  /** A file on its way to another name is there for an instant, unless its process was killed. */
  private static final Duration LEFTOVER = Duration.ofHours(1);

  private final Path path;

  private ApprovalFolder(Path path) {
    this.path = path;
  }

  static ApprovalFolder below(Path stateRoot) {
    return new ApprovalFolder(stateRoot.resolve("approvals"));
  }

  static String questionName(String id) {
    return id + QUESTION;
  }

  static String answerName(String id) {
    return id + ANSWER;
  }

  Path path(String name) {
    return path.resolve(name);
  }

  boolean isThere() {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  void create() throws IOException {
    OwnerOnly.createDirectories(path);
    check();
  }

  /** Refuses a folder that others could write to: what stands in it lets calls run. */
  void check() throws IOException {
    if (!attributes(path).isDirectory()) {
      throw refused(path, "expected a directory, and no link to one");
    }
    if (!(attributes(path) instanceof PosixFileAttributes folder)) {
      return;
    }
    checkMode(path, folder);
    Path probe = path.resolve("." + UUID.randomUUID() + ".tmp");
    OwnerOnly.createFile(probe);
    try {
      if (!Files.getOwner(probe, LinkOption.NOFOLLOW_LINKS).equals(folder.owner())) {
        throw refused(path, "expected a directory of the user who runs this");
      }
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  private static void checkMode(Path file, PosixFileAttributes attributes) throws IOException {
    if (attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
        || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
      throw refused(file, "expected that only its owner can write to it");
    }
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    boolean posix =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            != null;
    Class<? extends BasicFileAttributes> type =
        posix ? PosixFileAttributes.class : BasicFileAttributes.class;
    return Files.readAttributes(file, type, LinkOption.NOFOLLOW_LINKS);
  }

  private static FileSystemException refused(Path file, String expected) {
    return new FileSystemException(file.toString(), null, expected);
  }

  /** The names of all files; none if the folder is missing. */
  Set<String> names() throws IOException {
    Set<String> names = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
      files.forEach(file -> names.add(String.valueOf(file.getFileName())));
    } catch (NoSuchFileException e) {
      return Set.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  /** The ids of the questions among the names, ascending. */
  static Set<String> questions(Set<String> names) {
    Set<String> ids = new TreeSet<>();
    for (String name : names) {
      if (isNameOf(QUESTION, name)) {
        ids.add(name.substring(0, PendingApproval.ID_LENGTH));
      }
    }
    return ids;
  }

  private static boolean isNameOf(String kind, String name) {
    return name.length() == PendingApproval.ID_LENGTH + kind.length()
        && name.endsWith(kind)
        && name.chars().limit(PendingApproval.ID_LENGTH).allMatch(ApprovalFolder::isDigit);
  }

  static boolean isDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  void write(PendingApproval question) throws IOException {
    OwnerOnly.replace(path(questionName(question.id())), ApprovalJson.question(question));
  }

  void write(Answer answer) throws IOException {
    Path file = path(answerName(PendingApproval.id(answer.digest())));
    OwnerOnly.replace(file, ApprovalJson.answer(answer));
  }

  /**
   * The question, with the answer that nobody has taken yet; null if there is none.
   *
   * @throws ApprovalProblem if the file cannot be read as one
   */
  @Nullable PendingApproval question(String id) throws IOException, ApprovalProblem {
    Path file = path(questionName(id));
    byte[] json = read(file);
    if (json == null) {
      return null;
    }
    PendingApproval question = readable(file, json, id);
    Answer answer = answer(answerName(id));
    return answer == null || !answer.digest().equals(question.digest())
        ? question
        : question.answered(answer.allowed());
  }

  private static PendingApproval readable(Path file, byte[] json, String id)
      throws ApprovalProblem {
    try {
      PendingApproval question = ApprovalJson.question(json);
      if (!question.id().equals(id)) {
        throw new ApprovalProblem("digest: expected the one that the file is named after");
      }
      return question;
    } catch (ApprovalProblem e) {
      throw new ApprovalProblem(file + ": " + e.text());
    }
  }

  /**
   * The answer in a file; null if there is none, or none that can be read, which is then removed.
   */
  @Nullable Answer answer(String name) throws IOException {
    Path file = path(name);
    byte[] json = read(file);
    if (json == null) {
      return null;
    }
    try {
      return ApprovalJson.answer(json, file.toString());
    } catch (ApprovalProblem e) {
      LOG.warn("an answer is ignored: {}", e.text());
      Files.deleteIfExists(file);
      return null;
    }
  }

  private static byte @Nullable [] read(Path file) throws IOException {
    try {
      BasicFileAttributes attributes = attributes(file);
      if (!attributes.isRegularFile() || attributes.size() > ApprovalJson.MOST_BYTES) {
        throw refused(
            file, "expected a file of at most " + ApprovalJson.MOST_BYTES + " bytes, and no link");
      }
      if (attributes instanceof PosixFileAttributes posix) {
        checkMode(file, posix);
      }
      try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
        return in.readNBytes(ApprovalJson.MOST_BYTES);
      }
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Takes the answer away from everybody else; null if somebody was quicker. */
  @Nullable Answer take(String id) throws IOException {
    String mine = "." + id + "." + UUID.randomUUID() + ".tmp";
    try {
      Files.move(path(answerName(id)), path(mine), StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      return null;
    }
    try {
      return answer(mine);
    } finally {
      Files.deleteIfExists(path(mine));
    }
  }

  /** Removes the question and with it the arguments. */
  void deleteQuestion(String id) throws IOException {
    Files.deleteIfExists(path(questionName(id)));
  }

  /**
   * @return whether there was one
   */
  boolean deleteAnswer(String id) throws IOException {
    return Files.deleteIfExists(path(answerName(id)));
  }

  /** Removes what has expired, and what processes that were killed have left behind. */
  void sweep(Instant now) throws IOException {
    for (String name : names()) {
      if (isNameOf(QUESTION, name)) {
        sweepQuestion(name.substring(0, PendingApproval.ID_LENGTH), now);
      } else if (isNameOf(ANSWER, name)) {
        Answer answer = answer(name);
        if (answer != null && answer.hasExpired(now)) {
          Files.deleteIfExists(path(name));
        }
      } else if (name.startsWith(".") && name.endsWith(".tmp") && isLeftOver(name, now)) {
        Files.deleteIfExists(path(name));
      }
    }
  }

  private void sweepQuestion(String id, Instant now) throws IOException {
    try {
      PendingApproval question = question(id);
      if (question != null && !now.isBefore(question.expires())) {
        deleteQuestion(id);
      }
    } catch (ApprovalProblem e) {
      // Whoever lists the questions is told of it for a while.
      if (isLeftOver(questionName(id), now)) {
        deleteQuestion(id);
      }
    }
  }

  private boolean isLeftOver(String name, Instant now) throws IOException {
    try {
      Instant written = attributes(path(name)).lastModifiedTime().toInstant();
      return written.plus(LEFTOVER).isBefore(now);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
