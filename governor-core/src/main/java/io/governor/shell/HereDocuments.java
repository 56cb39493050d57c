package io.governor.shell;

import io.governor.shell.Redirection.Operator;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The here-documents whose bodies follow the line being read (POSIX.1-2017, 2.7.4). Used by one
 * thread.
 */
final class HereDocuments {

  /**
   * What ends a body.
   *
   * @param delimiter the line that ends it
   * @param tabs whether tabs before that line are ignored
   * @param expands whether the body holds expansions
   */
  record Pending(String delimiter, boolean tabs, boolean expands) {
    @Override
    public String toString() {
      return "Pending";
    }
  }

  private record Awaited(Pending document, ScriptCommand command) {}

  private final Queue<Awaited> awaited = new ArrayDeque<>();
  private final Cursor in;
  private final ScriptReader reader;
  private final ScriptSink sink;

  HereDocuments(Cursor in, ScriptReader reader, ScriptSink sink) {
    this.in = in;
    this.reader = reader;
    this.sink = sink;
  }

  static Pending pending(Operator operator, ScriptWord delimiter) {
    @Nullable String text = delimiter.literalText();
    boolean tabs = operator == Operator.HEREDOC_WITHOUT_TABS;
    return new Pending(text == null ? "" : text, tabs, !delimiter.hasQuoted());
  }

  void await(List<Pending> documents, ScriptCommand command) {
    for (Pending document : documents) {
      awaited.add(new Awaited(document, command));
    }
  }

  /** Reads the bodies awaited, from the start of a line. */
  void readBodies() {
    while (!awaited.isEmpty()) {
      Awaited next = awaited.remove();
      String body = body(next.document());
      if (next.document().expands()) {
        new ScriptReader(body, reader.budget(), sink).readBody();
      }
      sink.hereDocument(body, next.command());
    }
  }

  /** The text ends; a body that is still awaited is missing. */
  void finish() {
    if (!awaited.isEmpty()) {
      reader.budget().incomplete();
    }
  }

  private String body(Pending document) {
    int start = in.at();
    while (!in.atEnd()) {
      int lineStart = in.at();
      String line = line();
      if (ends(document, line)) {
        return in.text().substring(start, lineStart);
      }
    }
    reader.budget().incomplete();
    return in.since(start);
  }

  private String line() {
    int newline = in.text().indexOf('\n', in.at());
    int start = in.at();
    if (newline < 0) {
      in.toEnd();
      return in.since(start);
    }
    in.jump(newline + 1);
    return in.text().substring(start, newline);
  }

  private static boolean ends(Pending document, String line) {
    int start = 0;
    while (document.tabs() && start < line.length() && line.charAt(start) == '\t') {
      start++;
    }
    return line.substring(start).equals(document.delimiter());
  }
}
