package io.governor.cli.report;

import java.util.Collection;

/** Tables of a page. Stateless. */
final class Tables {

  private Tables() {}

  /**
   * Begins a table; a column whose title begins with {@code >} holds numbers.
   *
   * @param caption what it shows, for those who cannot see where it stands
   */
  static void open(Html html, String caption, String... titles) {
    html.own("<div class=\"wide\"><table>").element("caption", caption, "class", "unseen");
    html.own("<thead><tr>");
    for (String title : titles) {
      if (title.startsWith(">")) {
        html.element("th", title.substring(1), "class", "number", "scope", "col");
      } else {
        html.element("th", title, "scope", "col");
      }
    }
    html.own("</tr></thead><tbody>").line();
  }

  static void number(Html html, long number) {
    html.element("td", Numbers.grouped(number), "class", "number");
  }

  /** Ids of rules, each in one piece. */
  static void rules(Html html, Collection<String> rules) {
    String before = "";
    for (String rule : rules) {
      html.own(before).element("span", rule, "class", "rule");
      before = " ";
    }
  }

  static void close(Html html) {
    html.own("</tbody></table></div>").line();
  }
}
