package io.governor.trace;

import io.governor.file.OwnerOnly;
import io.governor.json.JsonProblem;
import io.governor.json.JsonWriter;
import io.governor.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When traces were last pruned without being asked, and how that went: a file whose time says when,
 * so that whoever asks looks at it and need not read it. Immutable.
 */
final class PruneStamp {

  private static final Duration DAY = Duration.ofDays(1);

  /** A clock that went further than this since the last time may be wrong. */
  private static final Duration LEAP = Duration.ofDays(30);

  private static final long LARGEST = 1 << 16;

  private final Path path;

  PruneStamp(Path path) {
    this.path = path;
  }

  /** Whether it is time. */
  enum Due {
    NO,
    YES,
    /** The clock has leapt: nothing is removed before it has shown the same for a day. */
    CLOCK_LEAPT
  }

  Due due(Instant now) {
    try {
      Instant last = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
      Duration age = Duration.between(last, now);
      if (age.isNegative() || age.compareTo(LEAP) > 0) {
        return Due.CLOCK_LEAPT;
      }
      return age.compareTo(DAY) < 0 ? Due.NO : Due.YES;
    } catch (NoSuchFileException e) {
      return Due.YES;
    } catch (IOException e) {
      return Due.NO;
    }
  }

  void renew(LastPrune last) throws IOException {
    JsonWriter json = new JsonWriter(128).beginObject();
    json.member("removed_files").value(last.files());
    json.member("removed_bytes").value(last.bytes());
    json.member("problem").value(last.problem());
    OwnerOnly.replaceCache(path, json.endObject().raw('\n').toByteArray());
    Files.setLastModifiedTime(path, FileTime.from(last.at()));
  }

  /** How it went last; null when there is no such thing. */
  @Nullable LastPrune read() {
    try {
      Instant at = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
      return Files.size(path) <= LARGEST
              && StrictJson.parse(Files.readAllBytes(path), StrictJson.Limits.POLICY)
                  instanceof Map<?, ?> members
              && members.get("removed_files") instanceof Long files
              && members.get("removed_bytes") instanceof Long bytes
              && members.get("problem") instanceof String problem
          ? new LastPrune(at, files, bytes, problem)
          : null;
    } catch (IOException | JsonProblem e) {
      return null;
    }
  }
}
