package io.governor.trace;

import io.governor.config.ConfigException;
import io.governor.config.ConfigFile;
import io.governor.config.ConfigSection;
import io.governor.config.ConfigSetting;
import io.governor.config.ConfigValues;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The section {@code traces} of {@code config.yaml}: how long traces are kept and what they
 * outlive. Immutable.
 *
 * @param retention how long after the last event; 1 to 365 days
 * @param mostBytes how many bytes all traces together may have before the oldest go; {@link
 *     Long#MAX_VALUE} when there is no cap
 * @param automatic whether they go without being asked for
 * @param fsync what a record on file outlives
 * @param encrypt whether traces are encrypted where they lie
 */
public record TraceConfig(
    Duration retention, long mostBytes, boolean automatic, Durability fsync, boolean encrypt) {

  /** What holds where nothing is said. */
  public static final TraceConfig DEFAULT =
      new TraceConfig(Duration.ofDays(30), Long.MAX_VALUE, true, Durability.OS, false);

  private static final long NO_CAP = 0;
  private static final int MEBIBYTE = 1 << 20;

  static final ConfigSetting<Long> RETENTION_DAYS =
      ConfigSetting.number("retention_days", 1, 365, 30, "30");

  static final ConfigSetting<Long> MAX_MB =
      ConfigSetting.number("max_mb", 1, MEBIBYTE, NO_CAP, "no cap");

  static final ConfigSetting<Pruning> PRUNE =
      ConfigSetting.word("prune", Pruning.class, "automatic");

  static final ConfigSetting<Durability> FSYNC =
      ConfigSetting.word("fsync", Durability.class, "os");

  static final ConfigSetting<Boolean> ENCRYPT = ConfigSetting.flag("encrypt", false);

  /** Everything the section may hold. */
  public static final ConfigSection SECTION =
      new ConfigSection("traces", List.of(RETENTION_DAYS, MAX_MB, PRUNE, FSYNC, ENCRYPT));

  /** When traces that were kept long enough are removed. */
  enum Pruning {
    /** Once a day, in passing. */
    AUTOMATIC,
    /** When somebody runs {@code governor prune}. */
    MANUAL
  }

  /**
   * What a state root's file says.
   *
   * @throws IOException if the file is there and cannot be read, or others can write it
   * @throws ConfigException if the file is refused; its message says where and why
   */
  public static TraceConfig read(Path stateRoot) throws IOException, ConfigException {
    return of(ConfigFile.read(stateRoot).section(SECTION));
  }

  static TraceConfig of(ConfigValues values) {
    long megabytes = values.get(MAX_MB);
    Durability fsync = values.find(FSYNC);
    return new TraceConfig(
        Duration.ofDays(values.get(RETENTION_DAYS)),
        megabytes == NO_CAP ? Long.MAX_VALUE : megabytes * MEBIBYTE,
        values.find(PRUNE) != Pruning.MANUAL,
        fsync == null ? Durability.OS : fsync,
        values.get(ENCRYPT));
  }
}
