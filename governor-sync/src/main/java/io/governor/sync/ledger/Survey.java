package io.governor.sync.ledger;

import io.governor.trace.IoReason;
import io.governor.trace.ReadProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run finds before it counts: the files it has to do with, each read and taken apart, and
 * those that look as they were left and are not read. Confined to one thread.
 */
final class Survey {

  private final Positions before;
  private final Asked asked;
  private final Set<Path> shunned;
  private final List<FileWork> work = new ArrayList<>();
  private final List<Located> untouched = new ArrayList<>();
  private final List<ReadProblem> problems = new ArrayList<>();
  private final Set<String> listed = new HashSet<>();
  private long unreadable;
  private @Nullable Known known;

  private Survey(Positions before, Asked asked, Set<Path> shunned) {
    this.before = before;
    this.asked = asked;
    this.shunned = shunned;
  }

  /**
   * Looks at all files that were listed.
   *
   * @param shunned files that changed while they were counted; they are left for the next run
   */
  static Survey of(Positions before, TraceListing listing, Asked asked, Set<Path> shunned) {
    Survey survey = new Survey(before, asked, shunned);
    survey.problems.addAll(listing.problems());
    survey.unreadable += listing.unreadable();
    listing.files().forEach(survey::look);
    survey.keepOthers();
    return survey;
  }

  /** The files that were read. */
  List<FileWork> work() {
    return work;
  }

  /** Those that were not, as they were left. */
  List<Located> untouched() {
    return untouched;
  }

  /** What was passed over, and why. */
  List<ReadProblem> problems() {
    return problems;
  }

  /** How many of those may be files with events. */
  long unreadable() {
    return unreadable;
  }

  /** Whether every file is as it was left, and none is gone. */
  boolean foundNothingNew() {
    return work.isEmpty() && untouched.size() == before.files().size();
  }

  private void look(Path file, Stamp stamp) {
    listed.add(file.toString());
    Located left = before.files().get(file.toString());
    if (left != null && isAsLeft(left, stamp)) {
      untouched.add(left);
    } else if (shunned.contains(file)) {
      unreadable(
          file,
          "it changed, or could not be read, while it was counted; it is left for the next run");
      leave(left);
    } else {
      read(file, stamp, left);
    }
  }

  private boolean isAsLeft(Located left, Stamp stamp) {
    return left.isDone()
        && !asked.again()
        && left.stamp().settled()
        && left.stamp().looksLike(stamp);
  }

  private void unreadable(Path file, String reason) {
    unreadable++;
    problems.add(new ReadProblem(file.toString(), 0, reason));
  }

  private void leave(@Nullable Located left) {
    if (left != null) {
      untouched.add(left);
    }
  }

  private void read(Path file, Stamp stamp, @Nullable Located left) {
    try {
      boolean rewritten = left != null && left.content() != null;
      Recognised text = Recogniser.read(file, known(), rewritten, asked.before());
      work.add(new FileWork(file, stamp, text, asked));
    } catch (IOException e) {
      if (!Files.notExists(file)) {
        unreadable(file, IoReason.of(e));
        leave(left);
      }
    }
  }

  private Known known() {
    Known index = known;
    if (index == null) {
      index = new Known(before.contents());
      known = index;
    }
    return index;
  }

  /** What may be there, and was not asked about or cannot be seen, is not gone. */
  private void keepOthers() {
    for (Map.Entry<String, Located> file : before.files().entrySet()) {
      if (!listed.contains(file.getKey())
          && !Files.notExists(Path.of(file.getKey()), LinkOption.NOFOLLOW_LINKS)) {
        untouched.add(file.getValue());
      }
    }
  }
}
