package io.governor.hooks.install;

import io.governor.hooks.install.JsonText.Obj;
import io.governor.json.JsonProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hooks in a JSON file that an agent, its user and other tools write too.
 *
 * @param file the file as the agent names it
 * @param agent whose hooks they are
 * @param shape how the file holds hooks
 * @param head members that the document must have besides, such as its version
 * @param hooks ours, by event
 * @param mode the mode of a new file
 */
record JsonPart(
    Path file,
    String agent,
    HookShape shape,
    Map<String, Object> head,
    Map<String, Map<String, Object>> hooks,
    String mode)
    implements Part {

  private static final String BYTE_ORDER_MARK = "\ufeff";

  @Override
  public FileChange change(boolean remove, @Nullable Kept kept)
      throws IOException, InstallException {
    Path target = AgentFiles.target(file);
    byte[] before = AgentFiles.bytes(target);
    byte[] after = remove ? removed(before, kept) : installed(before);
    return new FileChange(file, target, before, after, mode);
  }

  @Override
  public boolean isInstalled() {
    try {
      byte[] bytes = AgentFiles.bytes(AgentFiles.target(file));
      return bytes != null && entries().areThere(read(bytes));
    } catch (IOException | InstallException e) {
      return false;
    }
  }

  @Override
  public Map<String, String> commands() throws IOException, InstallException {
    Map<String, String> commands = new LinkedHashMap<>();
    found()
        .forEach(
            (event, hook) ->
                commands.put(
                    event, String.valueOf(hook.getOrDefault(shape.commandKey(), hook.get("url")))));
    return commands;
  }

  @Override
  public Map<String, InstalledHttpHook> httpHooks() throws IOException, InstallException {
    Map<String, InstalledHttpHook> hooks = new LinkedHashMap<>();
    found()
        .forEach(
            (event, hook) -> {
              if (hook.get("url") instanceof String url) {
                hooks.put(
                    event,
                    new InstalledHttpHook(
                        url, headers(hook.get("headers")), "block".equals(hook.get("onFailure"))));
              }
            });
    return hooks;
  }

  private static Map<String, String> headers(@Nullable Object members) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (members instanceof Map<?, ?> map) {
      map.forEach((name, value) -> headers.put(String.valueOf(name), String.valueOf(value)));
    }
    return headers;
  }

  private Map<String, Map<String, Object>> found() throws IOException, InstallException {
    byte[] bytes = AgentFiles.bytes(AgentFiles.target(file));
    return bytes == null || isBlank(bytes) ? Map.of() : entries().found(read(bytes));
  }

  private byte[] installed(byte @Nullable [] before) throws InstallException {
    boolean nothing = before == null || isBlank(before);
    JsonText document = before == null || nothing ? empty() : read(before);
    for (Map.Entry<String, Object> member : head.entrySet()) {
      if (document.root() instanceof Obj root && root.get(member.getKey()) == null) {
        document = document.addMember(root, member.getKey(), member.getValue());
      }
    }
    String text = entries().with(document, hooks).text();
    byte[] bytes = bytes(before, nothing ? text + "\n" : text);
    return before != null && Arrays.equals(before, bytes) ? before : bytes;
  }

  /** Exactly what was there before where nothing happened since; else without our hooks. */
  private byte @Nullable [] removed(byte @Nullable [] before, @Nullable Kept kept)
      throws InstallException {
    if (before == null || isBlank(before)) {
      return before;
    }
    if (kept != null && wouldGive(kept, before)) {
      return kept.bytes();
    }
    JsonText document = read(before);
    JsonText without = entries().without(document, Map.of());
    boolean onlyOurs = kept != null && kept.bytes() == null && isOnlyHead(without);
    return onlyOurs ? null : bytes(before, without.text());
  }

  /** Whether the file as it was, with our hooks of whatever version put in, is what it is now. */
  private boolean wouldGive(Kept kept, byte[] now) throws InstallException {
    try {
      Map<String, Map<String, Object>> own = entries().found(read(now));
      JsonPart same = new JsonPart(file, agent, shape, head, own, mode);
      return Arrays.equals(same.installed(kept.bytes()), now);
    } catch (InstallException e) {
      return false;
    }
  }

  private boolean isOnlyHead(JsonText document) {
    return head.equals(document.value(document.root()));
  }

  private HookEntries entries() {
    return new HookEntries(file.toString(), agent, shape);
  }

  private static JsonText empty() {
    try {
      return JsonText.read("{}");
    } catch (JsonProblem e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonText read(byte[] bytes) throws InstallException {
    String text = AgentFiles.text(file, bytes);
    String content = withoutMark(text);
    try {
      return JsonText.read(content);
    } catch (JsonProblem e) {
      throw new InstallException(refusal(e, content));
    }
  }

  private String refusal(JsonProblem problem, String content) {
    String hint =
        content.contains("//") || content.contains("/*") || isNearComma(problem, content)
            ? "; comments and commas before a bracket are no JSON, and would be lost: take them out,"
                + " or add the hooks by hand as governor init --dry-run shows them for an empty file"
            : "";
    return file
        + ":"
        + problem.line()
        + ":"
        + problem.column()
        + ": the file is left as it is: "
        + problem.reason()
        + hint;
  }

  private static boolean isNearComma(JsonProblem problem, String content) {
    String[] lines = content.split("\n", -1);
    int line = Math.min(problem.line(), lines.length) - 1;
    int column = Math.min(problem.column(), lines[line].length());
    StringBuilder before = new StringBuilder();
    for (int i = Math.max(0, line - 1); i < line; i++) {
      before.append(lines[i]);
    }
    String near = before.append(lines[line], 0, Math.max(0, column - 1)).toString().strip();
    return near.endsWith(",");
  }

  private static boolean isBlank(byte[] bytes) {
    return withoutMark(new String(bytes, StandardCharsets.UTF_8)).isBlank();
  }

  private static String withoutMark(String text) {
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  private static byte[] bytes(byte @Nullable [] before, String text) {
    boolean marked =
        before != null && new String(before, StandardCharsets.UTF_8).startsWith(BYTE_ORDER_MARK);
    return ((marked ? BYTE_ORDER_MARK : "") + text).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "JsonPart[" + file + "]";
  }
}
