package io.governor.hooks.install;

import io.governor.hooks.install.JsonText.Arr;
import io.governor.hooks.install.JsonText.Member;
import io.governor.hooks.install.JsonText.Node;
import io.governor.hooks.install.JsonText.Obj;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Our hooks in an agent's file: put in where they are missing, mended where they differ, taken out
 * where they do not belong. Hooks of others are not touched. Immutable.
 */
final class HookEntries {

  private final String file;
  private final String agent;
  private final HookShape shape;

  HookEntries(String file, String agent, HookShape shape) {
    this.file = file;
    this.agent = agent;
    this.shape = shape;
  }

  /** Where a hook of ours stands: in the how-manyth entry of its event, and of its group. */
  private record Place(int entry, int hook) {}

  /**
   * The document with exactly these hooks of ours, by event.
   *
   * @throws InstallException if the document has something else where hooks should be
   */
  JsonText with(JsonText document, Map<String, Map<String, Object>> wanted)
      throws InstallException {
    if (!(document.root() instanceof Obj)) {
      throw unexpected(document, document.root(), List.of(), "an object");
    }
    JsonText result = shape.path().isEmpty() ? document : withHooks(document, wanted);
    for (Map.Entry<String, Map<String, Object>> each : wanted.entrySet()) {
      result = withEvent(result, each.getKey(), each.getValue());
    }
    return without(result, wanted);
  }

  /** Puts in all of them at once where there is no place for hooks yet. */
  private JsonText withHooks(JsonText document, Map<String, Map<String, Object>> wanted) {
    if (document.find(shape.path()) != null || wanted.isEmpty()) {
      return document;
    }
    Map<String, Object> hooks = new LinkedHashMap<>();
    wanted.forEach((event, hook) -> hooks.put(event, List.of(shape.entry(hook))));
    return document.addMember((Obj) document.root(), shape.path().get(0), hooks);
  }

  private JsonText withEvent(JsonText document, String event, Map<String, Object> hook)
      throws InstallException {
    Obj hooks = hooks(document);
    Node entries = hooks.get(event);
    if (entries == null) {
      return document.addMember(hooks, event, List.of(shape.entry(hook)));
    }
    Arr array = array(document, event, entries);
    List<Place> ours = ours(document, array);
    if (ours.isEmpty()) {
      return document.addItem(array, shape.entry(hook));
    }
    Place first = ours.get(0);
    JsonText result = document;
    for (int i = ours.size() - 1; i > 0; i--) {
      result = remove(result, event, ours.get(i));
    }
    return mended(result, event, first, hook);
  }

  /** The entry at a place as it should be; the same document where it is. */
  private JsonText mended(JsonText document, String event, Place place, Map<String, Object> hook)
      throws InstallException {
    Obj entry = (Obj) entries(document, event).items().get(place.entry());
    if (shape.isSeenByAll(document, entry)) {
      Node own = shape.hook(entry, place.hook());
      return hook.equals(document.value(own)) ? document : document.replace(own, hook);
    }
    // Somebody narrowed it: what an agent does besides would go unseen.
    JsonText without = remove(document, event, place);
    Node left = hooks(without).get(event);
    return left == null
        ? without.addMember(hooks(without), event, List.of(shape.entry(hook)))
        : without.addItem((Arr) left, shape.entry(hook));
  }

  /** The document without our hooks, but those of the events that are wanted. */
  JsonText without(JsonText document, Map<String, Map<String, Object>> wanted)
      throws InstallException {
    JsonText result = document;
    for (String event : events(document)) {
      if (!wanted.containsKey(event) && hooks(result).get(event) instanceof Arr array) {
        List<Place> ours = ours(result, array);
        for (int i = ours.size() - 1; i >= 0; i--) {
          result = remove(result, event, ours.get(i));
        }
      }
    }
    return withoutEmptyHooks(document, result);
  }

  private JsonText withoutEmptyHooks(JsonText before, JsonText after) {
    boolean emptied = after != before && !shape.path().isEmpty();
    if (!emptied
        || !(after.find(shape.path()) instanceof Obj hooks)
        || !hooks.members().isEmpty()) {
      return after;
    }
    Obj root = (Obj) after.root();
    return after.removeMember(root, index(root, shape.path().get(0)));
  }

  /** Whether any hook of ours is there. */
  boolean areThere(JsonText document) {
    if (!(document.find(shape.path()) instanceof Obj hooks)) {
      return false;
    }
    return hooks.members().stream()
        .anyMatch(each -> each.value() instanceof Arr array && !ours(document, array).isEmpty());
  }

  /** The commands of ours, by event. */
  Map<String, Map<String, Object>> found(JsonText document) {
    Map<String, Map<String, Object>> found = new LinkedHashMap<>();
    if (document.find(shape.path()) instanceof Obj hooks) {
      for (Member event : hooks.members()) {
        if (event.value() instanceof Arr array) {
          for (Place place : ours(document, array)) {
            Node hook = shape.hook((Obj) array.items().get(place.entry()), place.hook());
            found.put(event.name(), members(document.value(hook)));
          }
        }
      }
    }
    return found;
  }

  private static Map<String, Object> members(@Nullable Object value) {
    Map<String, Object> members = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (name, each) -> {
            if (each != null) {
              members.put(String.valueOf(name), each);
            }
          });
    }
    return members;
  }

  private JsonText remove(JsonText document, String event, Place place) throws InstallException {
    Arr array = entries(document, event);
    Obj entry = (Obj) array.items().get(place.entry());
    if (shape.isGroup() && entry.get("hooks") instanceof Arr hooks && hooks.items().size() > 1) {
      return document.removeItem(hooks, place.hook());
    }
    if (array.items().size() > 1) {
      return document.removeItem(array, place.entry());
    }
    Obj hooks = hooks(document);
    return document.removeMember(hooks, index(hooks, event));
  }

  private static int index(Obj object, String name) {
    List<String> names = object.members().stream().map(Member::name).toList();
    return names.indexOf(name);
  }

  private List<Place> ours(JsonText document, Arr array) {
    List<Place> ours = new ArrayList<>();
    for (int i = 0; i < array.items().size(); i++) {
      if (array.items().get(i) instanceof Obj entry) {
        List<Node> hooks = shape.hooks(entry);
        for (int j = 0; j < hooks.size(); j++) {
          if (isOurs(document, hooks.get(j))) {
            ours.add(new Place(i, j));
          }
        }
      }
    }
    return ours;
  }

  private boolean isOurs(JsonText document, Node hook) {
    return hook instanceof Obj members
        && (HookCommandLine.isOurs(document.string(members.get(shape.commandKey())), agent)
            || HttpHook.isOurs(document.string(members.get("url")), agent));
  }

  private List<String> events(JsonText document) {
    return document.find(shape.path()) instanceof Obj hooks
        ? hooks.members().stream().map(Member::name).toList()
        : List.of();
  }

  private Obj hooks(JsonText document) throws InstallException {
    Node hooks = document.find(shape.path());
    if (hooks instanceof Obj object) {
      return object;
    }
    throw unexpected(document, hooks == null ? document.root() : hooks, shape.path(), "an object");
  }

  private Arr entries(JsonText document, String event) {
    List<String> path = new ArrayList<>(shape.path());
    path.add(event);
    return (Arr) Objects.requireNonNull(document.find(path));
  }

  private Arr array(JsonText document, String event, Node entries) throws InstallException {
    if (entries instanceof Arr array) {
      return array;
    }
    List<String> path = new ArrayList<>(shape.path());
    path.add(event);
    throw unexpected(document, entries, path, "a list");
  }

  private InstallException unexpected(
      JsonText document, Node node, List<String> path, String expected) {
    String where = path.isEmpty() ? "<root>" : String.join(".", path);
    return new InstallException(
        file + ":" + document.place(node) + ": " + where + ": expected " + expected);
  }
}
