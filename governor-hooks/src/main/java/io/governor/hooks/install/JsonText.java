package io.governor.hooks.install;

import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON document as somebody wrote it, with the place of each value, so that one can be put in or
 * taken out and everything else stays byte for byte. Immutable; each change gives a new document.
 */
final class JsonText {

  /** A value and where it stands: from start, inclusive, to end. */
  sealed interface Node {
    int start();

    int end();
  }

  record Obj(int start, int end, List<Member> members) implements Node {
    @Nullable Node get(String name) {
      return members.stream()
          .filter(member -> member.name().equals(name))
          .map(Member::value)
          .findFirst()
          .orElse(null);
    }
  }

  record Arr(int start, int end, List<Node> items) implements Node {}

  record Leaf(int start, int end) implements Node {}

  record Member(int start, String name, Node value) {
    int end() {
      return value.end();
    }
  }

  /** From where to where a child of a container stands. */
  private record Span(int start, int end) {}

  private final String text;
  private final Node root;

  private JsonText(String text, Node root) {
    this.text = text;
    this.root = root;
  }

  /**
   * Reads a document.
   *
   * @throws JsonProblem if it is not JSON, with comments or commas too many for instance
   */
  static JsonText read(String text) throws JsonProblem {
    StrictJson.parse(text, StrictJson.Limits.POLICY);
    return new JsonText(text, new Spans(text).document());
  }

  private JsonText reread(String newText) {
    return new JsonText(newText, new Spans(newText).document());
  }

  String text() {
    return text;
  }

  Node root() {
    return root;
  }

  /** What the value is: maps, lists and scalars. */
  @Nullable Object value(Node node) {
    try {
      return StrictJson.parse(text.substring(node.start(), node.end()), StrictJson.Limits.POLICY);
    } catch (JsonProblem e) {
      throw new IllegalStateException("a part of a document that was read", e);
    }
  }

  /** The text of a string, or null for anything else. */
  @Nullable String string(@Nullable Node node) {
    return node instanceof Leaf && value(node) instanceof String string ? string : null;
  }

  /** The node of the object at a path of names, or null where there is none. */
  @Nullable Node find(List<String> path) {
    Node node = root;
    for (String name : path) {
      node = node instanceof Obj object ? object.get(name) : null;
    }
    return node;
  }

  /** Line and column of a place, from 1. */
  String place(Node node) {
    int line = 1;
    int begin = 0;
    for (int i = text.indexOf('\n'); i >= 0 && i < node.start(); i = text.indexOf('\n', i + 1)) {
      line++;
      begin = i + 1;
    }
    return line + ":" + (node.start() - begin + 1);
  }

  // --- Changes ---------------------------------------------------------------------------------

  JsonText replace(Node node, Map<String, ?> value) {
    String indent = isOneLine(node) ? null : indentOf(node.start());
    return splice(node.start(), node.end(), layout(indent).text(value));
  }

  JsonText addMember(Obj object, String name, Object value) {
    return add(object, spans(object), '{', '}', indent -> layout(indent).member(name, value));
  }

  JsonText addItem(Arr array, Object value) {
    return add(array, spans(array), '[', ']', indent -> layout(indent).text(value));
  }

  JsonText removeMember(Obj object, int index) {
    return remove(object, spans(object), index);
  }

  JsonText removeItem(Arr array, int index) {
    return remove(array, spans(array), index);
  }

  /** What is put in, given the indentation of its line, or null where all stands on one line. */
  private interface Rendering {
    String at(@Nullable String indent);
  }

  private JsonText add(
      Node container, List<Span> children, char open, char close, Rendering rendering) {
    if (children.isEmpty()) {
      String outer = indentOf(container.start());
      String inner = outer + unit();
      String filled = open + newline() + inner + rendering.at(inner) + newline() + outer + close;
      return splice(container.start(), container.end(), filled);
    }
    int end = children.get(children.size() - 1).end();
    if (isInline(container, children.get(0))) {
      return splice(end, end, (isSpaced() ? ", " : ",") + rendering.at(null));
    }
    String indent = indentOf(children.get(0).start());
    return splice(end, end, "," + newline() + indent + rendering.at(indent));
  }

  private JsonText remove(Node container, List<Span> children, int index) {
    if (children.size() == 1) {
      return splice(container.start() + 1, container.end() - 1, "");
    }
    return index == 0
        ? splice(children.get(0).start(), children.get(1).start(), "")
        : splice(children.get(index - 1).end(), children.get(index).end(), "");
  }

  private JsonText splice(int start, int end, String replacement) {
    return reread(text.substring(0, start) + replacement + text.substring(end));
  }

  private static List<Span> spans(Node container) {
    if (container instanceof Obj object) {
      return object.members().stream().map(each -> new Span(each.start(), each.end())).toList();
    }
    return ((Arr) container).items().stream().map(e -> new Span(e.start(), e.end())).toList();
  }

  // --- How it is written -----------------------------------------------------------------------

  private JsonLayout layout(@Nullable String indent) {
    return new JsonLayout(indent, unit(), newline(), isSpaced());
  }

  private String newline() {
    return text.contains("\r\n") ? "\r\n" : "\n";
  }

  private boolean isInline(Node container, Span first) {
    return text.substring(container.start(), first.start()).indexOf('\n') < 0;
  }

  private boolean isOneLine(Node node) {
    return text.substring(node.start(), node.end()).indexOf('\n') < 0;
  }

  /** White space at the beginning of the line on which a place is. */
  private String indentOf(int offset) {
    int begin = text.lastIndexOf('\n', offset - 1) + 1;
    int end = begin;
    while (end < offset && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
      end++;
    }
    return text.substring(begin, end);
  }

  /** By how much the first level stands in; two blanks where nothing tells. */
  private String unit() {
    List<Span> children = root instanceof Leaf ? List.of() : spans(root);
    if (children.isEmpty() || isInline(root, children.get(0))) {
      return "  ";
    }
    String indent = indentOf(children.get(0).start());
    String outer = indentOf(root.start());
    return indent.length() > outer.length() && indent.startsWith(outer)
        ? indent.substring(outer.length())
        : "  ";
  }

  /** Whether blanks stand behind colons and commas on one line. */
  private boolean isSpaced() {
    if (!(root instanceof Obj object) || object.members().isEmpty()) {
      return true;
    }
    return text.charAt(object.members().get(0).value().start() - 1) != ':';
  }

  /** Finds where things stand in a text that is known to be JSON of bounded depth. */
  private static final class Spans {

    private final String text;
    private int at;

    Spans(String text) {
      this.text = text;
    }

    Node document() {
      blanks();
      return value();
    }

    private Node value() {
      return switch (text.charAt(at)) {
        case '{' -> object();
        case '[' -> array();
        default -> leaf();
      };
    }

    private Node object() {
      int start = at++;
      List<Member> members = new ArrayList<>();
      blanks();
      while (text.charAt(at) != '}') {
        members.add(member());
        next();
      }
      return new Obj(start, ++at, List.copyOf(members));
    }

    private Member member() {
      int start = at;
      string();
      String name = name(text.substring(start, at));
      blanks();
      at++; // the colon
      blanks();
      return new Member(start, name, value());
    }

    private static String name(String literal) {
      try {
        return String.valueOf(StrictJson.parse(literal, StrictJson.Limits.POLICY));
      } catch (JsonProblem e) {
        throw new IllegalStateException("a name of a document that was read", e);
      }
    }

    private Node array() {
      int start = at++;
      List<Node> items = new ArrayList<>();
      blanks();
      while (text.charAt(at) != ']') {
        items.add(value());
        next();
      }
      return new Arr(start, ++at, List.copyOf(items));
    }

    /** Passes over a comma, if there is one, and white space. */
    private void next() {
      blanks();
      if (text.charAt(at) == ',') {
        at++;
        blanks();
      }
    }

    private Node leaf() {
      int start = at;
      if (text.charAt(at) == '"') {
        string();
      } else {
        while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
          at++;
        }
      }
      return new Leaf(start, at);
    }

    private void string() {
      at++;
      while (text.charAt(at) != '"') {
        at += text.charAt(at) == '\\' ? 2 : 1;
      }
      at++;
    }

    private void blanks() {
      while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
    }
  }
}
