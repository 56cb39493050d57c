package io.governor.pattern;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Texts looked for all at once (Aho and Corasick, 1975): the time depends on the text that is
 * searched and on what is found, not on how many texts are looked for. Each text stands for values
 * that are handed out once per search. Immutable; safe to share between threads.
 *
 * @param <T> what a text stands for
 */
public final class Literals<T> {

  /** So few texts are looked for one by one. */
  private static final int FEW = 4;

  private final List<Map.Entry<String, List<T>>> few;
  private final @Nullable Node<T> root;

  private static final class Node<T> {
    private final Map<Character, Node<T>> next = new HashMap<>(4);
    private final Set<T> values = new LinkedHashSet<>();
    private @Nullable Node<T> fallback;

    /** The nearest node on the way of fallbacks that has values. */
    private @Nullable Node<T> hit;

    // The ways on once they are all known, in the order of their characters.
    private char[] characters = {};
    private List<Node<T>> nodes = List.of();

    void freeze() {
      TreeMap<Character, Node<T>> sorted = new TreeMap<>(next);
      characters = new char[sorted.size()];
      int at = 0;
      for (char character : sorted.keySet()) {
        characters[at++] = character;
      }
      nodes = List.copyOf(sorted.values());
    }

    @Nullable Node<T> next(char character) {
      if (characters.length == 1) {
        return characters[0] == character ? nodes.get(0) : null;
      }
      int found = Arrays.binarySearch(characters, character);
      return found < 0 ? null : nodes.get(found);
    }
  }

  private Literals(List<Map.Entry<String, List<T>>> few, @Nullable Node<T> root) {
    this.few = few;
    this.root = root;
  }

  /** Prepares the search; an empty text is not looked for. */
  public static <T> Literals<T> of(Map<String, ? extends Collection<T>> texts) {
    if (texts.size() <= FEW) {
      List<Map.Entry<String, List<T>>> few = new ArrayList<>();
      texts.forEach((text, values) -> few.add(Map.entry(text, List.copyOf(values))));
      return new Literals<>(few, null);
    }
    Node<T> root = new Node<>();
    texts.forEach((text, values) -> insert(root, text, values));
    link(root);
    return new Literals<>(List.of(), root);
  }

  private static <T> void insert(Node<T> root, String text, Collection<T> values) {
    Node<T> node = root;
    for (int i = 0; i < text.length(); i++) {
      node = node.next.computeIfAbsent(text.charAt(i), any -> new Node<>());
    }
    node.values.addAll(values);
  }

  private static <T> void link(Node<T> root) {
    Deque<Node<T>> open = new ArrayDeque<>();
    open.add(root);
    while (!open.isEmpty()) {
      Node<T> node = open.remove();
      node.freeze();
      node.next.forEach(
          (character, child) -> {
            Node<T> fallback = node.fallback;
            while (fallback != null && !fallback.next.containsKey(character)) {
              fallback = fallback.fallback;
            }
            child.fallback = fallback == null ? root : fallback.next.getOrDefault(character, root);
            child.hit = child.values.isEmpty() ? child.fallback.hit : child;
            open.add(child);
          });
    }
  }

  /** Hands out the values of the texts that occur. */
  public void forEachIn(String text, Consumer<T> found) {
    for (int i = 0; i < few.size(); i++) {
      if (text.contains(few.get(i).getKey())) {
        few.get(i).getValue().forEach(found);
      }
    }
    if (root != null) {
      search(root, text, found);
    }
  }

  private static <T> void search(Node<T> root, String text, Consumer<T> found) {
    Set<Node<T>> seen = null;
    Node<T> node = root;
    for (int i = 0; i < text.length(); i++) {
      node = step(root, node, text.charAt(i));
      for (Node<T> hit = node.hit; hit != null; hit = nextHit(hit)) {
        seen = seen == null ? new LinkedHashSet<>() : seen;
        if (!seen.add(hit)) {
          break; // what follows was handed out with it
        }
      }
    }
    if (seen != null) {
      handOut(seen, found);
    }
  }

  private static <T> void handOut(Set<Node<T>> seen, Consumer<T> found) {
    Set<T> values = new LinkedHashSet<>();
    seen.forEach(hit -> values.addAll(hit.values));
    values.forEach(found);
  }

  private static <T> Node<T> step(Node<T> root, Node<T> from, char character) {
    for (Node<T> node = from; node != null; node = node.fallback) {
      Node<T> next = node.next(character);
      if (next != null) {
        return next;
      }
    }
    return root;
  }

  private static <T> @Nullable Node<T> nextHit(Node<T> hit) {
    Node<T> fallback = hit.fallback;
    return fallback == null ? null : fallback.hit;
  }
}
