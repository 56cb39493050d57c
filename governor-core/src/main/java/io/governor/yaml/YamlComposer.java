package io.governor.yaml;

import io.governor.json.CanonicalJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/**
 * Builds the tree from the parser's events. It composes itself, rather than let the library do it,
 * because here keys must be strings, plain scalars follow another version of YAML, and the size of
 * the document with its aliases written out is bounded while it grows. Used once, by one thread.
 */
final class YamlComposer {

  private static final String MERGE = "<<";

  /**
   * Aliases written out, a document may weigh so many characters and 4 for every value, or four
   * times the bound of its text where that is more.
   */
  private static final long LEAST_MAX_WEIGHT = 8L << 20;

  private static final int NODE_WEIGHT = 4;

  private final Iterator<Event> events;
  private final YamlTags tags;
  private final Map<Anchor, Optional<Composed>> anchors = new HashMap<>();
  private final long maxWeight;
  private long weight;

  YamlComposer(Iterator<Event> events, PlainScalars scalars, int bound) {
    this.events = events;
    this.maxWeight = Math.max(LEAST_MAX_WEIGHT, 4L * bound);
    this.tags = new YamlTags(scalars);
  }

  /** A node, how much it weighs and how many levels it has with its aliases written out. */
  private record Composed(YamlNode node, long weight, int height) {}

  @Nullable YamlNode document() throws YamlProblem {
    events.next(); // the start of the stream
    if (events.next().getEventId() == Event.ID.StreamEnd) {
      return null;
    }
    YamlNode root = node(events.next(), KeyPath.ROOT, 1).node();
    events.next(); // the end of the document
    Event last = events.next();
    if (last.getEventId() != Event.ID.StreamEnd) {
      throw problem(last, KeyPath.ROOT, "a second document, where a file holds one");
    }
    return root;
  }

  private Composed node(Event event, KeyPath path, int depth) throws YamlProblem {
    if (event instanceof AliasEvent alias) {
      return aliased(alias, path, depth);
    }
    Optional<Anchor> anchor = ((NodeEvent) event).getAnchor();
    if (anchor.isPresent()) {
      anchors.put(anchor.get(), Optional.empty());
    }
    long before = weight;
    weigh(event, NODE_WEIGHT, path);
    Composed composed;
    if (event instanceof ScalarEvent scalar) {
      weigh(event, scalar.getValue().length(), path);
      YamlNode node = new YamlNode.Scalar(place(event), tags.value(scalar, path));
      composed = new Composed(node, weight - before, 0);
    } else {
      composed = collection((CollectionStartEvent) event, path, depth, before);
    }
    if (anchor.isPresent()) {
      anchors.put(anchor.get(), Optional.of(composed));
    }
    return composed;
  }

  private Composed aliased(AliasEvent alias, KeyPath path, int depth) throws YamlProblem {
    Optional<Composed> target = anchors.get(alias.getAlias());
    if (target == null) {
      throw problem(alias, path, "an alias without an anchor before it");
    }
    if (target.isEmpty()) {
      throw problem(alias, path, "an alias inside its own anchor");
    }
    checkDepth(alias, path, depth - 1 + target.get().height());
    weigh(alias, target.get().weight(), path);
    return target.get();
  }

  private Composed collection(CollectionStartEvent start, KeyPath path, int depth, long before)
      throws YamlProblem {
    checkDepth(start, path, depth);
    boolean mapping = start instanceof MappingStartEvent;
    YamlTags.check(start, path);
    Building building = new Building(place(start), path, depth);
    YamlNode node = mapping ? building.mapping() : building.sequence();
    return new Composed(node, weight - before, building.height + 1);
  }

  /** A list or mapping while its members arrive. */
  private final class Building {
    private final Place place;
    private final KeyPath path;
    private final int depth;
    private final Map<String, YamlNode.Entry> own = new LinkedHashMap<>();
    private final Map<String, YamlNode.Entry> merged = new LinkedHashMap<>();
    private boolean merging;
    private int height;

    Building(Place place, KeyPath path, int depth) {
      this.place = place;
      this.path = path;
      this.depth = depth;
    }

    YamlNode sequence() throws YamlProblem {
      List<YamlNode> items = new ArrayList<>();
      for (Event e = events.next(); e.getEventId() != Event.ID.SequenceEnd; e = events.next()) {
        items.add(child(e, path.item(items.size())));
      }
      return new YamlNode.Sequence(place, items);
    }

    YamlNode mapping() throws YamlProblem {
      for (Event e = events.next(); e.getEventId() != Event.ID.MappingEnd; e = events.next()) {
        if (isMerge(e)) {
          merge(e);
        } else {
          member(e);
        }
      }
      merged.putAll(own);
      return new YamlNode.Mapping(place, merged);
    }

    private YamlNode child(Event event, KeyPath childPath) throws YamlProblem {
      Composed composed = node(event, childPath, depth + 1);
      height = Math.max(height, composed.height());
      return composed.node();
    }

    private void member(Event keyEvent) throws YamlProblem {
      String name = key(keyEvent, path);
      KeyPath childPath = path.name(name);
      if (own.containsKey(name)) {
        throw problem(keyEvent, childPath, "a repeated key");
      }
      own.put(name, new YamlNode.Entry(place(keyEvent), child(events.next(), childPath)));
    }

    /** Keys of the mapping itself come before merged ones, and earlier merged ones before later. */
    private void merge(Event keyEvent) throws YamlProblem {
      KeyPath mergePath = path.name(MERGE);
      if (merging) {
        throw problem(keyEvent, mergePath, "a repeated key");
      }
      merging = true;
      YamlNode source = child(events.next(), mergePath);
      List<YamlNode> sources =
          source instanceof YamlNode.Sequence list ? list.items() : List.of(source);
      for (YamlNode each : sources) {
        if (!(each instanceof YamlNode.Mapping mapping)) {
          throw new YamlProblem(
              each.place(), mergePath, "must be a mapping or a list of mappings to merge");
        }
        mapping.entries().forEach(merged::putIfAbsent);
      }
    }
  }

  private static boolean isMerge(Event event) {
    return event instanceof ScalarEvent scalar
        && scalar.isPlain()
        && scalar.getTag().isEmpty()
        && scalar.getValue().equals(MERGE);
  }

  private String key(Event event, KeyPath path) throws YamlProblem {
    if (event instanceof CollectionStartEvent start) {
      String kind = start instanceof MappingStartEvent ? "mapping" : "list";
      throw problem(event, path, kind + " key at " + path + ": keys must be strings");
    }
    if (event instanceof ScalarEvent scalar && tags.isDate(scalar)) {
      throw badKey(event, path, "date key " + KeyPath.shown(scalar.getValue()));
    }
    YamlNode node = node(event, path, 1).node();
    Object value = node instanceof YamlNode.Scalar scalar ? scalar.value() : node;
    if (value instanceof String name) {
      return name;
    }
    throw badKey(event, path, kindOfKey(value));
  }

  private static YamlProblem badKey(Event event, KeyPath path, String key) {
    return problem(event, path, key + " at " + path + ": keys must be strings; put it in quotes");
  }

  private static String kindOfKey(@Nullable Object value) {
    if (value == null) {
      return "null key";
    }
    if (value instanceof Boolean flag) {
      return "bool key " + (flag ? "True" : "False");
    }
    if (value instanceof Double || value instanceof BigDecimal) {
      return "float key " + CanonicalJson.text(value);
    }
    return value instanceof Number ? "int key " + value : "list or mapping key";
  }

  private void weigh(Event event, long more, KeyPath path) throws YamlProblem {
    weight += more;
    if (weight > maxWeight) {
      throw problem(event, path, "too large once its aliases are written out");
    }
  }

  private static void checkDepth(Event event, KeyPath path, int depth) throws YamlProblem {
    if (depth > YamlReader.MAX_DEPTH) {
      throw problem(event, path, "nested deeper than " + YamlReader.MAX_DEPTH + " levels");
    }
  }

  static YamlProblem problem(Event event, KeyPath path, String reason) {
    return new YamlProblem(place(event), path, reason);
  }

  private static Place place(Event event) {
    return event.getStartMark().map(YamlReader::place).orElse(Place.START);
  }
}
