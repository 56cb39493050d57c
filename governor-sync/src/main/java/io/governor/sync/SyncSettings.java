package io.governor.sync;

import io.governor.RuleId;
import io.governor.config.ConfigSetting;
import io.governor.file.StateRoot;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What may stand in the section {@code sync}, value by value. Stateless. */
final class SyncSettings {

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
          SyncSettings::endpoint,
          "the one given to sync register");

  static final ConfigSetting<Boolean> LOOPBACK_HTTP =
      ConfigSetting.flag("allow_loopback_http", false);

  static final ConfigSetting<Path> CA_FILE =
      ConfigSetting.formed(
          "ca_file",
          "the path of a PEM file with certificates to trust, relative to the state root",
          SyncSettings::path,
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
          SyncSettings::path,
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

  /** All of them, in the order in which they are shown. */
  static final List<ConfigSetting<?>> ALL =
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
          EVERY);

  private SyncSettings() {}

  /** Whether plain HTTP may be used at all, another setting says. */
  private static @Nullable Endpoint endpoint(String text) {
    try {
      return Endpoint.parse(text, true);
    } catch (SyncException e) {
      return null;
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
