package io.governor.shell;

import io.governor.event.OperationClassification.Effect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** The table "Packages" of the execution record, section 8.3. */
final class PackageCommands {
  private static final List<String> COLUMN_EFFECTS =
      List.of(
          "read F",
          "network/read F, modify F",
          "network/read F, modify F",
          "delete T",
          "process/execute N");

  /**
   * By tool: what reads, what acquires by installing, what acquires by upgrading, what removes,
   * what runs.
   */
  private static final String COLUMNS =
      """
      pip     | list show freeze check | install       |                | uninstall               |
      pipx    | list                   | install       | upgrade        | uninstall               |
      uv      | tree                   | add           |                | remove                  | run
      poetry  | show                   | add           | update         | remove                  | run
      npm     | ls audit               | install add i | update         | uninstall remove        | run test start
      pnpm    | ls                     | add install   |                | remove                  | run test
      yarn    | list                   | add install   |                | remove                  | run test
      brew    | list info outdated     | install       | upgrade update | uninstall remove        |
      apt     | list show              | install       | upgrade update | remove purge autoremove |
      apt-get |                        | install       | upgrade update | remove purge autoremove |
      cargo   | tree                   | install       | update         | uninstall               | build test run check
      gem     |                        | install       |                | uninstall               |
      go      |                        | install       |                |                         | run build test
      conda   |                        | install       |                | remove                  |
      """;

  /** What the columns have no room for. */
  private static final Map<String, String> FURTHER_ROWS =
      Map.of(
          "pip", "network/read F, filesystem/modify N | download",
          "npm", "read F, network/read F | view outdated\nnetwork/read F, modify T | ci",
          "uv", "network/read F, modify T | sync\ndepends | pip lock",
          "poetry", "depends | install");

  private static final List<Effect> READ = Effects.of("packages", "read F");
  private static final List<Effect> ACQUIRE = Effects.of("packages", "network/read F, modify F");
  private static final List<Effect> ACQUIRE_LOCALLY = Effects.of("packages", "modify F");

  /** Syncing acquires, and removes whatever was not asked for. */
  private static final List<Effect> SYNC = Effects.of("packages", "network/read F, modify T");

  /** The three options that matter to an install, in all their spellings. */
  private static final Option.Valued INSTALL_OPTIONS =
      new Option.Valued("erc", Set.of("--editable", "--requirement", "--constraint"));

  static final Map<String, EffectTable> BY_TOOL = read();

  private PackageCommands() {}

  private static Map<String, EffectTable> read() {
    Map<String, EffectTable> tables = new HashMap<>();
    StringTokenizer rows = new StringTokenizer(COLUMNS, "\n");
    while (rows.hasMoreTokens()) {
      List<String> cells = cells(rows.nextToken());
      String tool = cells.get(0);
      tables.put(
          tool, EffectTable.of("packages", rows(cells) + FURTHER_ROWS.getOrDefault(tool, "")));
    }
    return Map.copyOf(tables);
  }

  private static List<String> cells(String row) {
    List<String> cells = new ArrayList<>();
    int from = 0;
    for (int bar = row.indexOf('|'); bar >= 0; bar = row.indexOf('|', from)) {
      cells.add(row.substring(from, bar).strip());
      from = bar + 1;
    }
    cells.add(row.substring(from).strip());
    return cells;
  }

  private static String rows(List<String> cells) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < COLUMN_EFFECTS.size(); i++) {
      rows.append(COLUMN_EFFECTS.get(i)).append('|').append(cells.get(i + 1)).append('\n');
    }
    return rows.toString();
  }

  /** What a tool does that has a row in the table. */
  static Outcome outcome(String tool, Arguments arguments) {
    EffectTable table = Objects.requireNonNull(BY_TOOL.get(tool));
    Arguments command = arguments.fromFirstName(Set.of());
    List<String> subcommand = table.subcommand(command.words());
    if (subcommand.isEmpty()) {
      return Outcome.UNKNOWN;
    }
    String key = tool + " " + subcommand.get(0);
    @Nullable List<Effect> dependent = dependent(key, command.afterFirst());
    return table.outcome(
        subcommand, dependent != null ? dependent : table.effects(subcommand.get(0)));
  }

  /**
   * What depends on more than the sub-command; null where it does not, or where nothing is known.
   */
  private static @Nullable List<Effect> dependent(String key, Arguments arguments) {
    return switch (key) {
      case "pip install", "pipx install", "uv add" -> install(arguments);
      case "uv pip" -> uvPip(arguments.fromFirstName(Set.of()));
      case "uv lock" -> arguments.has("--upgrade") ? ACQUIRE : null;
      case "poetry install" -> arguments.has("--sync") ? SYNC : null;
      default -> null;
    };
  }

  private static @Nullable List<Effect> uvPip(Arguments command) {
    String action = command.words().stream().findFirst().orElse("");
    return switch (action) {
      case "list" -> READ;
      case "install" -> install(command.afterFirst());
      default -> null;
    };
  }

  /** Installing from this machine alone asks no registry. */
  private static List<Effect> install(Arguments arguments) {
    List<Option> given = Option.read(arguments, INSTALL_OPTIONS);
    List<@Nullable String> targets =
        given.stream()
            .filter(option -> option.is("", "-e", "--editable"))
            .map(Option::value)
            .toList();
    boolean requirements = given.stream().anyMatch(option -> option.is("-r", "--requirement"));
    // Without any target "all are local" would hold of nothing, so the usual reading stands.
    boolean local =
        !requirements && !targets.isEmpty() && targets.stream().allMatch(PackageCommands::isLocal);
    return local ? ACQUIRE_LOCALLY : ACQUIRE;
  }

  /**
   * The endings name files only where no URL does: a wheel behind {@code https://} comes from the
   * network.
   */
  private static boolean isLocal(@Nullable String target) {
    if (target == null || Remote.isUrl(target)) {
      return false;
    }
    boolean isPath =
        target.equals(".") || target.equals("..") || startsWithOneOf(target, "./", "../", "/", "~");
    return isPath
        || target.endsWith(".whl")
        || target.endsWith(".tar.gz")
        || target.endsWith(".zip");
  }

  private static boolean startsWithOneOf(String text, String... prefixes) {
    return List.of(prefixes).stream().anyMatch(text::startsWith);
  }
}
