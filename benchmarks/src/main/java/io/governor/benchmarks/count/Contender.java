package io.governor.benchmarks.count;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Someone who counts a corpus. Used by one thread, may use several itself. */
interface Contender extends AutoCloseable {

  /** Counts all {@code *.jsonl} files below the directories. */
  Counted count(List<Path> directories) throws Exception;

  @Override
  default void close() throws SQLException {}

  /** By the name it has on the command line, with so many threads. */
  static Contender named(String name, int threads, Path scratch) throws Exception {
    return switch (name) {
      case "governor" -> GovernorContender.once(threads);
      case "governor-copies" -> GovernorContender.withCopies(threads);
      case "newlines" -> new NewlineContender(threads);
      case "jackson" -> new JacksonContender(threads);
      case "duckdb" -> DuckDbContender.occurrences(threads, scratch);
      case "duckdb-distinct" -> DuckDbContender.distinct(threads, scratch);
      default -> throw new IllegalArgumentException("no contender: " + name);
    };
  }
}
