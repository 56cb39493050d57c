package io.governor.cli;

import io.governor.crypt.KeyFile;
import io.governor.crypt.MasterKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor keys list}: the names of the keys in the key file. */
@Command(name = "list", description = "List the names of the keys, the current one last.")
final class KeysListCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  KeysListCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    Terminal terminal = invocation.terminal();
    List<MasterKey> keys = KeyFile.in(invocation.stateRoot()).keys();
    if (json) {
      terminal.answer(Json.text(json(keys)) + "\n");
    } else if (keys.isEmpty()) {
      terminal.answer(
          "There is no key yet. The first encrypted trace makes one: traces.encrypt in"
              + " config.yaml.\n");
    } else {
      terminal.answer(terminal.table(table(keys)));
    }
    return ExitCode.DONE;
  }

  private static Table table(List<MasterKey> keys) {
    Table table = Table.of("KEY", "~USE");
    for (int i = 0; i < keys.size(); i++) {
      table.row(keys.get(i).id(), i == keys.size() - 1 ? "current" : "opens older traces");
    }
    return table;
  }

  private static Map<String, @Nullable Object> json(List<MasterKey> keys) {
    List<Map<String, @Nullable Object>> list = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      Map<String, @Nullable Object> key = new LinkedHashMap<>();
      key.put("id", keys.get(i).id());
      key.put("current", i == keys.size() - 1);
      list.add(key);
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("keys", list);
    return json;
  }
}
