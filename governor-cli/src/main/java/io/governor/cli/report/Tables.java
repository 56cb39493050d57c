package io.governor.cli.report;

/** Tables of a page. Stateless. */
final class Tables {

  private Tables() {}

  /** Begins a table; a column whose title begins with {@code >} holds numbers. */
  static void open(Html html, String... titles) {
    html.own("<div class=\"wide\"><table><thead><tr>");
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

  static void close(Html html) {
    html.own("</tbody></table></div>").line();
  }
}
