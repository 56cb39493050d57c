package io.governor.detect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Redacts the strings of one tree of maps, lists and scalars. Confined to one thread. */
final class TreeRedaction {

  /** What stands for a part of a tree that is too deep or too large to be looked through. */
  static final String UNREAD = "[REDACTED]";

  private final Selection selection;
  private final Detectors detectors;
  private final Deque<Container> open = new ArrayDeque<>();
  private int values;

  TreeRedaction(Selection selection, Detectors detectors) {
    this.selection = selection;
    this.detectors = detectors;
  }

  @Nullable Object run(@Nullable Object root) {
    Container top = new Items(List.of());
    Object first = begin(root, List.of(), top);
    if (open.isEmpty()) {
      return first;
    }
    while (true) {
      Container current = open.element();
      if (current.hasNext()) {
        current.next();
      } else {
        open.remove();
        if (open.isEmpty()) {
          return current.result();
        }
        open.element().put(current.result());
      }
    }
  }

  /** The redacted value of a scalar; a container is opened instead, and put when it is done. */
  private @Nullable Object begin(
      @Nullable Object value, List<String> memberNames, Container parent) {
    boolean map = value instanceof Map<?, ?>;
    boolean container = map || value instanceof List<?>;
    if (++values > Detections.MAX_VALUES || (container && open.size() >= Detections.MAX_DEPTH)) {
      return container || value instanceof String ? UNREAD : value;
    }
    if (value instanceof Map<?, ?> members) {
      open.push(new Members(members));
    } else if (value instanceof List<?> items) {
      open.push(new Items(items));
    } else if (value instanceof String text) {
      return redact(text, memberNames);
    }
    return container ? parent : value;
  }

  private String redact(String text, List<String> memberNames) {
    List<Cut> cuts = Cut.of(text, memberNames, selection, detectors);
    return cuts.isEmpty() ? text : Rewriting.of(text, cuts);
  }

  /** A map or list half done. A value that is its own parent has been opened, not put. */
  private abstract class Container {

    boolean changed;

    abstract boolean hasNext();

    abstract void next();

    abstract void put(@Nullable Object value);

    abstract Object result();

    void take(@Nullable Object value, List<String> memberNames) {
      Object begun = begin(value, memberNames, this);
      if (begun != this) {
        put(begun);
      }
    }
  }

  private final class Items extends Container {

    private final List<?> source;
    private final Iterator<?> left;
    private final List<@Nullable Object> copy = new ArrayList<>();
    private @Nullable Object original;

    Items(List<?> source) {
      this.source = source;
      this.left = source.iterator();
    }

    @Override
    boolean hasNext() {
      return left.hasNext();
    }

    @Override
    void next() {
      original = left.next();
      take(original, List.of());
    }

    @Override
    void put(@Nullable Object value) {
      copy.add(value);
      changed |= value != original;
    }

    @Override
    Object result() {
      return changed ? copy : source;
    }
  }

  private final class Members extends Container {

    private final Map<?, ?> source;
    private final Iterator<? extends Map.Entry<?, ?>> left;
    private final Map<@Nullable Object, @Nullable Object> copy = new LinkedHashMap<>();
    private @Nullable MemberNames names;
    private @Nullable Object original;
    private @Nullable Object name;

    Members(Map<?, ?> source) {
      this.source = source;
      this.left = source.entrySet().iterator();
    }

    @Override
    boolean hasNext() {
      return left.hasNext();
    }

    @Override
    void next() {
      Map.Entry<?, ?> member = left.next();
      original = member.getValue();
      name = member.getKey();
      List<String> memberNames = List.of();
      if (member.getKey() instanceof String text) {
        String redacted = redactName(text);
        memberNames = redacted.equals(text) ? List.of(text) : List.of(text, redacted);
        name = redacted;
        changed |= memberNames.size() > 1;
      }
      take(original, memberNames);
    }

    private String redactName(String text) {
      List<Cut> cuts = Cut.of(text, List.of(), selection, detectors);
      if (cuts.isEmpty()) {
        return text;
      }
      if (names == null) {
        names = new MemberNames(originalNames());
      }
      return Rewriting.of(text, cuts, names.markers(text, cuts));
    }

    private Set<String> originalNames() {
      Set<String> original = new HashSet<>();
      source.keySet().forEach(key -> original.add(String.valueOf(key)));
      return original;
    }

    @Override
    void put(@Nullable Object value) {
      copy.put(name, value);
      changed |= value != original;
    }

    @Override
    Object result() {
      return changed ? copy : source;
    }
  }
}
