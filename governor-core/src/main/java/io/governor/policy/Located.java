package io.governor.policy;

import io.governor.yaml.KeyPath;
import io.governor.yaml.Place;
import io.governor.yaml.YamlNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of the document, the way to it, and where to say what is wrong with it. What reads it
 * says so when the value is of another kind, and returns null then.
 */
record Located(YamlNode node, KeyPath path, Problems problems) {

  void refuse(String message) {
    problems.error(node.place(), path, message);
  }

  /** The value around this one, for people: a rule where this is its id. */
  String around() {
    Place place = node.place();
    return path.parent() + (place.equals(Place.START) ? "" : ", line " + place.line());
  }

  /** The word that was meant, of many: not looked for where nobody will be told any more. */
  String meant(String word, Collection<String> known) {
    return problems.count() < Problems.MOST_TOLD ? Words.meant(word, known) : "";
  }

  /** This value, for people. */
  String where() {
    Place place = node.place();
    return path + (place.equals(Place.START) ? "" : ", line " + place.line());
  }

  void warn(String message) {
    problems.warning(node.place(), path, message);
  }

  private void refuseKind(String what) {
    refuse("expected " + what + ", got " + kind());
  }

  private String kind() {
    if (node instanceof YamlNode.Mapping) {
      return "a mapping";
    }
    if (node instanceof YamlNode.Sequence) {
      return "a list";
    }
    Object value = ((YamlNode.Scalar) node).value();
    if (value == null) {
      return "nothing";
    }
    if (value instanceof String) {
      return "a text";
    }
    return value instanceof Boolean flag ? "the word " + flag : "a number";
  }

  private @Nullable Object scalar() {
    return node instanceof YamlNode.Scalar scalar ? scalar.value() : null;
  }

  /** A mapping of which only the keys of the section are known. */
  @Nullable Fields fields(Section section) {
    Fields fields = fields("a mapping with " + Words.list(section.keys()));
    if (fields != null) {
      fields.knowOnly(section.keys());
    }
    return fields;
  }

  /** A mapping with any keys. */
  @Nullable Fields fields(String what) {
    if (node instanceof YamlNode.Mapping mapping) {
      return new Fields(this, mapping);
    }
    refuseKind(what);
    return null;
  }

  /** The members of a list of at most so many, or null. */
  @Nullable List<Located> items(String what, int most) {
    if (!(node instanceof YamlNode.Sequence list)) {
      refuseKind(what);
      return null;
    }
    if (list.items().size() > most) {
      refuse("expected at most " + most + " entries, got " + list.items().size());
      return null;
    }
    return located(list);
  }

  private List<Located> located(YamlNode.Sequence list) {
    List<Located> items = new ArrayList<>(list.items().size());
    for (YamlNode item : list.items()) {
      items.add(new Located(item, path.item(items.size()), problems));
    }
    return items;
  }

  /** The members of a list of at least one, or the value itself where it is no list. */
  List<Located> oneOrMore(String what, int most) {
    if (!(node instanceof YamlNode.Sequence list)) {
      return List.of(this);
    }
    if (list.items().isEmpty()) {
      refuse("expected " + what + ", got an empty list");
    }
    List<Located> items = items(what, most);
    return items == null ? List.of() : items;
  }

  /** A text of 1 to so many characters. */
  @Nullable String text(String what, int longest) {
    String text = anyText(what, longest);
    if (text != null && text.isBlank()) {
      refuse("expected " + what + ", got an empty text");
      return null;
    }
    return text;
  }

  /** A text of at most so many characters. */
  @Nullable String anyText(String what, int longest) {
    if (!(scalar() instanceof String text)) {
      boolean nothing = scalar() == null;
      refuse(
          "expected "
              + what
              + ", got "
              + kind()
              + (nothing ? "" : "; put it in quotes to keep it as text"));
      return null;
    }
    if (text.length() > longest) {
      refuse("expected at most " + longest + " characters, got " + text.length());
      return null;
    }
    if (!DocumentValues.isWellFormed(text)) {
      refuse("expected whole characters, got half a surrogate pair");
      return null;
    }
    return text;
  }

  /** A text, or a list of at least one. */
  List<String> texts(String what, int most) {
    List<String> texts = new ArrayList<>();
    for (Located item : oneOrMore(what, most)) {
      String text = item.text(what, PolicyBounds.NAME);
      if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  @Nullable Boolean flag() {
    if (scalar() instanceof Boolean flag) {
      return flag;
    }
    refuseKind("true or false");
    return null;
  }

  /** A whole number between two. */
  @Nullable Long whole(long least, long most) {
    String what = "a whole number from " + least + (most == Long.MAX_VALUE ? " on" : " to " + most);
    Object value = scalar();
    if (value instanceof Long number) {
      if (number >= least && number <= most) {
        return number;
      }
      refuse("expected " + what + ", got " + number);
      return null;
    }
    if (value instanceof BigInteger) {
      refuse("expected " + what);
      return null;
    }
    refuseKind(what);
    return null;
  }

  /** A number. */
  @Nullable Number number() {
    Object value = scalar();
    if (!(value instanceof Number number)) {
      refuseKind("a number");
      return null;
    }
    if (Double.isFinite(number.doubleValue()) || !(number instanceof Double)) {
      return number;
    }
    refuse("expected a number that JSON can hold");
    return null;
  }

  /** One of the words, or null. */
  <T> @Nullable T word(Map<String, T> words) {
    if (!(scalar() instanceof String text)) {
      refuseKind(Words.list(words.keySet()));
      return null;
    }
    T meaning = words.get(text);
    if (meaning == null) {
      refuse("expected " + Words.list(words.keySet()) + Words.meant(text, words.keySet()));
    }
    return meaning;
  }

  /** A word, or a list of at least one. */
  <T> List<T> words(Map<String, T> words) {
    List<T> meanings = new ArrayList<>();
    for (Located item : oneOrMore(Words.list(words.keySet()), PolicyBounds.LIST)) {
      T meaning = item.word(words);
      if (meaning != null) {
        meanings.add(meaning);
      }
    }
    return meanings;
  }

  /** Any JSON value; null for one that is wrong, too, which is said then of each part that is. */
  @Nullable Object json() {
    try {
      return DocumentValues.copy(node.data());
    } catch (IllegalArgumentException e) {
      int before = problems.count();
      parts().forEach(Located::json);
      if (problems.count() == before) {
        refuse(String.valueOf(e.getMessage()));
      }
      return null;
    }
  }

  /** The members of the list under a key; none where there is no such list. */
  List<Located> parts(String key) {
    Located value =
        node instanceof YamlNode.Mapping mapping ? new Fields(this, mapping).get(key) : null;
    return value != null && value.node instanceof YamlNode.Sequence list
        ? value.located(list)
        : List.of();
  }

  private List<Located> parts() {
    if (node instanceof YamlNode.Sequence list) {
      return located(list);
    }
    return node instanceof YamlNode.Mapping mapping
        ? new Fields(this, mapping).values()
        : List.of();
  }

  @Override
  public String toString() {
    return path + " at " + node.place();
  }
}
