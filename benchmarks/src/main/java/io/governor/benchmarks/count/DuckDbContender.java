package io.governor.benchmarks.count;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * DuckDB with the members it needs given as its schema, so that it neither guesses nor keeps any
 * other, and free to read in any order.
 */
final class DuckDbContender implements Contender {

  private static final String OCCURRENCES =
      """
      SELECT rule, count(*) FROM (
        SELECT unnest(policy_violations) AS rule FROM read_json(%s,
          format = 'newline_delimited', records = 'true', columns = {policy_violations: 'VARCHAR[]'}))
      GROUP BY rule
      """;

  private static final String DISTINCT =
      """
      SELECT rule, count(*) FROM (
        SELECT DISTINCT session_id, event_id, unnest(policy_violations) AS rule FROM read_json(%s,
          format = 'newline_delimited',
          columns = {event_id: 'VARCHAR', session_id: 'VARCHAR', policy_violations: 'VARCHAR[]'}))
      GROUP BY rule
      """;

  private final Connection connection;
  private final String query;

  private DuckDbContender(String query, int threads, Path scratch) throws SQLException {
    this.query = query;
    connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET threads = " + threads);
      statement.execute("SET preserve_insertion_order = false");
      statement.execute("SET temp_directory = '" + scratch.resolve("spilled") + "'");
    }
  }

  static Contender occurrences(int threads, Path scratch) throws SQLException {
    return new DuckDbContender(OCCURRENCES, threads, scratch);
  }

  /** Every rule once for each event, as often as the event may have been copied. */
  static Contender distinct(int threads, Path scratch) throws SQLException {
    return new DuckDbContender(DISTINCT, threads, scratch);
  }

  @Override
  public Counted count(List<Path> directories) throws SQLException {
    List<String> globs = directories.stream().map(path -> "'" + path + "/**/*.jsonl'").toList();
    Map<String, Long> rules = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query.formatted(globs))) {
      while (rows.next()) {
        rules.put(rows.getString(1), rows.getLong(2));
      }
    }
    return Counted.of(null, rules);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
