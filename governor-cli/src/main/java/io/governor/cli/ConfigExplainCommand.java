package io.governor.cli;

import io.governor.config.ConfigException;
import io.governor.config.ConfigFile;
import io.governor.config.ConfigSection;
import io.governor.config.ConfigSetting;
import io.governor.config.ConfigValues;
import io.governor.hooks.HookConfig;
import io.governor.sync.SyncConfig;
import io.governor.trace.TraceConfig;
import io.governor.yaml.Place;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor config explain}: each value and where it comes from. */
@Command(name = "explain", description = "Show each value and where it comes from.")
final class ConfigExplainCommand implements Callable<Integer> {

  /** The sections with their owners; a section that is not here has nothing to set yet. */
  private static final List<ConfigSection> SECTIONS =
      List.of(TraceConfig.SECTION, SyncConfig.SECTION, HookConfig.SECTION);

  private final Invocation invocation;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  ConfigExplainCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  /**
   * A value and where it comes from.
   *
   * @param value what holds; null when that is no value
   * @param words what holds, for people
   * @param origin {@code command line}, {@code environment}, {@code file} or {@code default}
   * @param detail which variable, or which line; null for a default
   */
  private record Row(
      String setting,
      @Nullable Object value,
      String words,
      String origin,
      @Nullable String detail) {

    Map<String, @Nullable Object> json() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("setting", setting);
      json.put("value", value);
      json.put("meaning", words);
      json.put("origin", origin);
      json.put("at", detail);
      return json;
    }

    String source() {
      return detail == null ? origin : origin + ", " + detail;
    }
  }

  @Override
  public Integer call() throws IOException {
    Terminal terminal = invocation.terminal();
    try {
      List<Row> rows = rows();
      if (json) {
        terminal.answer(Json.text(rows.stream().map(Row::json).toList()) + "\n");
      } else {
        Table table = Table.of("SETTING", "~VALUE", "~WHERE FROM");
        rows.forEach(row -> table.row(row.setting(), row.words(), row.source()));
        terminal.answer(terminal.table(table));
      }
      return ExitCode.DONE;
    } catch (ConfigException e) {
      terminal.complain(String.valueOf(e.getMessage()));
      return ExitCode.USAGE;
    }
  }

  private List<Row> rows() throws IOException, ConfigException {
    ConfigFile file = ConfigFile.read(invocation.stateRoot());
    List<Row> rows = new ArrayList<>();
    rows.add(stateRoot());
    rows.add(network());
    for (ConfigSection section : SECTIONS) {
      ConfigValues values = file.section(section);
      section.settings().forEach(setting -> rows.add(row(section, setting, values)));
    }
    return rows;
  }

  private Row stateRoot() {
    String root = invocation.stateRoot().toString();
    if (isSet(System.getProperty("governor.home"))) {
      return new Row("state root", root, root, "command line", "-Dgovernor.home");
    }
    return isSet(invocation.env().get("GOVERNOR_HOME"))
        ? new Row("state root", root, root, "environment", "GOVERNOR_HOME")
        : new Row("state root", root, root, "default", null);
  }

  private Row network() {
    boolean off = NoNetwork.isAskedFor(invocation);
    return new Row(
        "network",
        !off,
        NoNetwork.inWords(invocation),
        off ? "environment" : "default",
        off ? NoNetwork.VARIABLE : null);
  }

  private static boolean isSet(@Nullable String value) {
    return value != null && !value.isBlank();
  }

  private static Row row(ConfigSection section, ConfigSetting<?> setting, ConfigValues values) {
    String name = section.name() + "." + String.join(".", setting.keys());
    Object value = values.find(setting);
    Place place = values.place(setting);
    if (value == null || place == null) {
      return new Row(name, shown(value), setting.defaultInWords(), "default", null);
    }
    String at = ConfigFile.NAME + ":" + place.line() + ":" + place.column();
    return new Row(name, shown(value), words(shown(value)), "file", at);
  }

  private static @Nullable Object shown(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(item -> Objects.requireNonNull(shown(item))).toList();
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    return value instanceof Enum<?> word ? word.name().toLowerCase(Locale.ROOT) : value;
  }

  private static String words(@Nullable Object shown) {
    return shown instanceof List<?> list
        ? list.stream().map(String::valueOf).collect(Collectors.joining(", "))
        : String.valueOf(shown);
  }
}
