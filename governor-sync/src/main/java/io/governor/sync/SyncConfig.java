package io.governor.sync;

import io.governor.RuleId;
import io.governor.config.ConfigException;
import io.governor.config.ConfigFile;
import io.governor.config.ConfigSection;
import io.governor.config.ConfigValues;
import io.governor.trace.TraceDirectory;
import io.governor.trace.TraceSource;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code sync} of {@code config.yaml}: everything an operator may say about counting
 * and sending. Nothing of it can be said by a variable, because a coding agent takes variables from
 * the project it works on. Immutable; safe to share between threads.
 *
 * @param endpoint where a registration goes that names no other, or null
 * @param connection how the server is reached
 * @param logSources traces to count beside those below the state root: files and directories
 * @param published rules to publish beside the standard ones
 * @param minCount counts from 1 to one less than this are withheld until they reach it; 1 to
 *     1,000,000, 1 withholds none
 * @param noise how much differential privacy may give away, or null for exact counts
 * @param align how coarse windows are, or null for whole seconds
 * @param every how often a {@link SyncSchedule} runs, 5 minutes to 24 hours, or null for never
 */
public record SyncConfig(
    @Nullable Endpoint endpoint,
    ConnectionSettings connection,
    List<Path> logSources,
    Set<RuleId> published,
    long minCount,
    @Nullable NoiseBudget noise,
    @Nullable Alignment align,
    @Nullable Duration every) {

  /** Everything the section may hold. */
  public static final ConfigSection SECTION = new ConfigSection("sync", SyncSettings.ALL);

  public SyncConfig {
    logSources = List.copyOf(logSources);
    published = Set.copyOf(published);
  }

  /**
   * What a state root's file says.
   *
   * @throws SyncException of kind {@code INPUT} if the file is refused, with a line for everything
   *     that is wrong, {@code file:line:column: path: what}; of kind {@code LOCAL_FILES} if it is
   *     there and cannot be read, or others can write it
   */
  public static SyncConfig read(Path stateRoot) throws SyncException {
    try {
      ConfigFile file = ConfigFile.read(stateRoot);
      return of(stateRoot, file, file.section(SECTION));
    } catch (ConfigException e) {
      throw SyncException.input(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw SyncException.localFiles(FileTrouble.inWords(e), e);
    }
  }

  /**
   * What a run and a dry run are to count and how they are to send it: the traces below the state
   * root and the log sources, exactly or not.
   */
  public RunOptions runOptions(Path stateRoot) {
    RunOptions options =
        RunOptions.DEFAULT
            .publishing(published)
            .withholdingBelow(minCount)
            .withNoise(noise)
            .alignedTo(align);
    return logSources.isEmpty() ? options : options.from(sources(stateRoot));
  }

  /**
   * The traces below the state root and the log sources, as far as they are there: the former are
   * not before the first event, and of the latter see {@link #missing}.
   */
  public List<TraceSource> sources(Path stateRoot) {
    return Stream.concat(Stream.of(TraceDirectory.traces(stateRoot)), logSources.stream())
        .filter(source -> !Files.notExists(source))
        .map(source -> TraceSource.of(source))
        .toList();
  }

  /** Log sources that are not there now; nothing of them is counted until they are. */
  public List<Path> missing() {
    return logSources.stream().filter(Files::notExists).toList();
  }

  private static SyncConfig of(Path stateRoot, ConfigFile file, ConfigValues values)
      throws ConfigException {
    refuseHttp(file, values);
    Path ca = values.find(SyncSettings.CA_FILE);
    return new SyncConfig(
        values.find(SyncSettings.ENDPOINT_URL),
        new ConnectionSettings(
            values.get(SyncSettings.LOOPBACK_HTTP),
            ca == null ? null : stateRoot.resolve(ca),
            values.get(SyncSettings.PINS),
            values.find(SyncSettings.PROXY_ADDRESS)),
        values.get(SyncSettings.LOG_SOURCES).stream().map(stateRoot::resolve).toList(),
        Set.copyOf(values.get(SyncSettings.PUBLISH)),
        values.get(SyncSettings.MIN_COUNT),
        noise(file, values),
        values.find(SyncSettings.ALIGN),
        values.find(SyncSettings.EVERY));
  }

  private static @Nullable NoiseBudget noise(ConfigFile file, ConfigValues values)
      throws ConfigException {
    BigDecimal epsilon = values.find(SyncSettings.EPSILON);
    BigDecimal daily = values.find(SyncSettings.DAILY_BUDGET);
    if (epsilon == null && daily != null) {
      throw file.refusal(
          SECTION, values, SyncSettings.DAILY_BUDGET, "has no effect without dp.epsilon");
    }
    if (epsilon == null || daily == null) {
      return epsilon == null ? null : NoiseBudget.of(epsilon);
    }
    if (daily.compareTo(epsilon) < 0) {
      String least = epsilon.toPlainString();
      throw file.refusal(
          SECTION,
          values,
          SyncSettings.DAILY_BUDGET,
          "expected at least dp.epsilon, which is " + least);
    }
    return new NoiseBudget(epsilon, daily);
  }

  private static void refuseHttp(ConfigFile file, ConfigValues values) throws ConfigException {
    Endpoint endpoint = values.find(SyncSettings.ENDPOINT_URL);
    if (endpoint != null && !endpoint.isHttps() && !values.get(SyncSettings.LOOPBACK_HTTP)) {
      throw file.refusal(
          SECTION,
          values,
          SyncSettings.ENDPOINT_URL,
          "expected https; plain http to this machine itself needs allow_loopback_http: true");
    }
  }
}
