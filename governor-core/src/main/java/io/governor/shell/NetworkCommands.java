package io.governor.shell;

import io.governor.event.OperationClassification.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The paragraph "Network" of the execution record, section 8.3. */
final class NetworkCommands {
  static final EffectTable FIXED =
      EffectTable.of(
          "network",
          """
          read F    | ping dig nslookup host traceroute
          execute N | ssh nc ncat telnet
          modify N  | sftp
          """);

  // The letters are those of the tools themselves: a letter that takes a value ends its cluster.
  private static final Option.Valued CURL_OPTIONS =
      new Option.Valued(
          "AbcCdDeEFHKmoPQrtTuUwxXyYz",
          Set.of(
              "--request",
              "--output",
              "--upload-file",
              "--data",
              "--data-ascii",
              "--data-binary",
              "--data-raw",
              "--data-urlencode"));
  private static final Option.Valued WGET_OPTIONS =
      new Option.Valued("aABDeiIloOPQRtTUwX", Set.of("--output-document"));

  private static final Effect READ = effect("read F");
  private static final Effect MODIFY = effect("modify N");
  private static final Effect DELETE = effect("delete T");
  private static final Effect WRITE_FILES = effect("filesystem/modify N");

  private NetworkCommands() {}

  private static Effect effect(String notation) {
    return Effects.of("network", notation).get(0);
  }

  static Outcome curl(Arguments arguments) {
    List<Option> options = Option.read(arguments, CURL_OPTIONS);
    List<Effect> effects = new ArrayList<>();
    effects.add(request(options));
    if (options.stream().anyMatch(NetworkCommands::savesPage)) {
      effects.add(WRITE_FILES);
    }
    return Outcome.of(effects);
  }

  private static Effect request(List<Option> options) {
    @Nullable String method = null;
    for (Option option : options) {
      // The last one counts, as in curl.
      method = option.is("-X", "--request") ? option.value() : method;
    }
    if (method == null) {
      return options.stream().anyMatch(NetworkCommands::sendsData) ? MODIFY : READ;
    }
    // Servers are strict about case, writers of commands are not: "delete" is meant to delete.
    return switch (method.toUpperCase(Locale.ROOT)) {
      case "GET", "HEAD", "OPTIONS" -> READ;
      case "DELETE" -> DELETE;
      default -> MODIFY;
    };
  }

  private static boolean sendsData(Option option) {
    return option.is("-d", "-T", "--upload-file") || option.name().startsWith("--data");
  }

  /**
   * Only {@code /dev/null} is excepted: {@code -o -} counts as a file for curl, other than for
   * wget.
   */
  private static boolean savesPage(Option option) {
    boolean named = option.is("-o", "--output") && !"/dev/null".equals(option.value());
    return named || option.is("-O", "--remote-name");
  }

  static Outcome wget(Arguments arguments) {
    List<Option> options = Option.read(arguments, WGET_OPTIONS);
    if (options.stream().anyMatch(option -> option.name().startsWith("--post-"))) {
      return Outcome.of(List.of(MODIFY));
    }
    boolean readsOnly = options.stream().anyMatch(NetworkCommands::savesNothing);
    return Outcome.of(readsOnly ? List.of(READ) : List.of(READ, WRITE_FILES));
  }

  private static boolean savesNothing(Option option) {
    return option.is("-O", "--output-document")
        && ("-".equals(option.value()) || "/dev/null".equals(option.value()));
  }

  static Outcome scp(Arguments arguments) {
    return Outcome.of(copy(arguments.names(), "N"));
  }

  static Outcome rsync(Arguments arguments) {
    return Outcome.of(copy(arguments.names(), arguments.hasPrefix("--delete") ? "T" : "N"));
  }

  /** The last name is the destination, the others are sources. */
  private static List<Effect> copy(List<String> names, String destructive) {
    int last = names.size() - 1;
    if (last < 1) {
      return Effects.ONLY_UNKNOWN;
    }
    if (Remote.isRemote(names.get(last))) {
      return Effects.of("network", "modify " + destructive);
    }
    boolean fetches = names.subList(0, last).stream().anyMatch(Remote::isRemote);
    return Effects.of("network", (fetches ? "read F, " : "") + "filesystem/modify " + destructive);
  }
}
