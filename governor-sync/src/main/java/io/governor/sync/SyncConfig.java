package io.governor.sync;

import io.governor.RuleId;
import io.governor.config.ConfigException;
import io.governor.config.ConfigFile;
import io.governor.config.ConfigSection;
import io.governor.config.ConfigSetting;
import io.governor.config.ConfigValues;
import io.governor.file.StateRoot;
import io.governor.trace.TraceDirectory;
import io.governor.trace.TraceSource;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
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

  private static final int MOST_SOURCES = 256;
  private static final int MOST_RULES = 256;
  private static final int MOST_PINS = 8;
  // Compiled where there is such a text, for a run with nothing new is over before they would be.
  private static final String PIN = "sha256/[0-9A-Za-z+/]{43}=";
  private static final String PROXY = "([0-9A-Za-z.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\]):[0-9]{1,5}";

  static final ConfigSetting<Endpoint> ENDPOINT_URL =
      ConfigSetting.formed(
          "endpoint",
          "the server's address, such as https://collector.example.org",
          SyncConfig::endpoint,
          "the one given to sync register");

  static final ConfigSetting<Boolean> LOOPBACK_HTTP =
      ConfigSetting.flag("allow_loopback_http", false);

  static final ConfigSetting<Path> CA_FILE =
      ConfigSetting.formed(
          "ca_file",
          "the path of a PEM file with certificates to trust, relative to the state root",
          SyncConfig::path,
          "the certificates that Java trusts");

  static final ConfigSetting<List<String>> PINS =
      ConfigSetting.list(
          "pins",
          "sha256/ and the Base64 of the SHA-256 of a public key (SPKI)",
          text -> Pattern.matches(PIN, text) ? text : null,
          2,
          MOST_PINS,
          "none");

  static final ConfigSetting<String> PROXY_ADDRESS =
      ConfigSetting.formed(
          "proxy",
          "a host and a port, such as proxy.example.org:3128",
          text -> isProxy(text) ? text : null,
          "none");

  static final ConfigSetting<List<Path>> LOG_SOURCES =
      ConfigSetting.list(
          "log_sources",
          "the path of a trace or of a directory of traces, such as ~/.sentience/traces",
          SyncConfig::path,
          0,
          MOST_SOURCES,
          "the traces below the state root only");

  static final ConfigSetting<List<RuleId>> PUBLISH =
      ConfigSetting.list(
          "publish",
          "a rule id: two to eight capitals or digits starting with a capital, a dash, three to six"
              + " digits, such as ACME-101",
          text -> RuleId.isWellFormed(text) ? RuleId.of(text) : null,
          0,
          MOST_RULES,
          "the standard rules only");

  static final ConfigSetting<Long> MIN_COUNT =
      ConfigSetting.number("min_count", 1, RunOptions.MOST_MIN_COUNT, 1, "1: no count is withheld");

  static final ConfigSetting<BigDecimal> EPSILON =
      ConfigSetting.decimal(
          "dp.epsilon",
          NoiseBudget.LEAST_EPSILON,
          NoiseBudget.MOST_EPSILON,
          NoiseBudget.SCALE,
          "off: counts are exact");

  static final ConfigSetting<BigDecimal> DAILY_BUDGET =
      ConfigSetting.decimal(
          "dp.daily_budget",
          NoiseBudget.LEAST_EPSILON,
          NoiseBudget.MOST_DAILY,
          NoiseBudget.SCALE,
          "epsilon: one window a day");

  static final ConfigSetting<Alignment> ALIGN =
      ConfigSetting.word("align", Alignment.class, "off: windows are of whole seconds");

  static final ConfigSetting<Duration> EVERY =
      ConfigSetting.optionalDuration(
          "schedule.every", SyncSchedule.SHORTEST, SyncSchedule.LONGEST, "off");

  /** Everything the section may hold. */
  public static final ConfigSection SECTION =
      new ConfigSection(
          "sync",
          List.of(
              ENDPOINT_URL,
              LOOPBACK_HTTP,
              CA_FILE,
              PINS,
              PROXY_ADDRESS,
              LOG_SOURCES,
              PUBLISH,
              MIN_COUNT,
              EPSILON,
              DAILY_BUDGET,
              ALIGN,
              EVERY));

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
    Path ca = values.find(CA_FILE);
    return new SyncConfig(
        values.find(ENDPOINT_URL),
        new ConnectionSettings(
            values.get(LOOPBACK_HTTP),
            ca == null ? null : stateRoot.resolve(ca),
            values.get(PINS),
            values.find(PROXY_ADDRESS)),
        values.get(LOG_SOURCES).stream().map(stateRoot::resolve).toList(),
        Set.copyOf(values.get(PUBLISH)),
        values.get(MIN_COUNT),
        noise(file, values),
        values.find(ALIGN),
        values.find(EVERY));
  }

  private static @Nullable NoiseBudget noise(ConfigFile file, ConfigValues values)
      throws ConfigException {
    BigDecimal epsilon = values.find(EPSILON);
    BigDecimal daily = values.find(DAILY_BUDGET);
    if (epsilon == null && daily != null) {
      throw file.refusal(SECTION, values, DAILY_BUDGET, "has no effect without dp.epsilon");
    }
    if (epsilon == null || daily == null) {
      return epsilon == null ? null : NoiseBudget.of(epsilon);
    }
    if (daily.compareTo(epsilon) < 0) {
      String least = epsilon.toPlainString();
      throw file.refusal(
          SECTION, values, DAILY_BUDGET, "expected at least dp.epsilon, which is " + least);
    }
    return new NoiseBudget(epsilon, daily);
  }

  /** Whether plain HTTP may be used at all, another setting says. */
  private static @Nullable Endpoint endpoint(String text) {
    try {
      return Endpoint.parse(text, true);
    } catch (SyncException e) {
      return null;
    }
  }

  private static void refuseHttp(ConfigFile file, ConfigValues values) throws ConfigException {
    Endpoint endpoint = values.find(ENDPOINT_URL);
    if (endpoint != null && !endpoint.isHttps() && !values.get(LOOPBACK_HTTP)) {
      throw file.refusal(
          SECTION,
          values,
          ENDPOINT_URL,
          "expected https; plain http to this machine itself needs allow_loopback_http: true");
    }
  }

  private static @Nullable Path path(String text) {
    try {
      if (text.equals("~")) {
        return StateRoot.userHome();
      }
      return text.startsWith("~/")
          ? StateRoot.userHome().resolve(text.substring(2))
          : Path.of(text);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static boolean isProxy(String text) {
    if (!Pattern.matches(PROXY, text)) {
      return false;
    }
    int port = Integer.parseInt(text.substring(text.lastIndexOf(':') + 1));
    return port >= 1 && port <= 65_535;
  }
}
