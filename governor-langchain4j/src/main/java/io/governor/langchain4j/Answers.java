package io.governor.langchain4j;

import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.service.tool.ToolExecutionResult;
import io.governor.Action;
import io.governor.Decision;
import io.governor.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What goes back to LangChain4j. Results are built anew rather than copied through {@code
 * toBuilder()}, which keeps the text it came with and then refuses another.
 */
final class Answers {

  /** For a result that may not be handed on as it is and cannot be changed. */
  static final String UNUSABLE = "Withheld: the result could not be redacted.";

  private Answers() {}

  static ToolExecutionResult unusable() {
    return error(UNUSABLE, "withheld");
  }

  /** The tool did not run; an error result makes even an IMMEDIATE tool answer the model. */
  static ToolExecutionResult denied(String message) {
    return error(message, "denied");
  }

  static @Nullable ToolExecutionResult after(
      Decision decision, List<String> notes, @Nullable ToolExecutionResult result) {
    if (keptBack(decision)) {
      return error(decision.message(), "withheld");
    }
    if (result == null) {
      return null;
    }
    ToolResult rewritten = decision.action() == Action.REWRITE ? decision.result() : null;
    if (rewritten == null && notes.isEmpty()) {
      return result;
    }
    List<Content> contents = ContentTree.read(result);
    if (contents == null) {
      return rewritten == null ? result : unusable();
    }
    Object value = result.result();
    if (rewritten != null) {
      contents = ContentTree.rewrite(contents, rewritten);
      value = value == null ? null : value(contents);
    }
    return ToolExecutionResult.builder()
        .isError(result.isError())
        .result(value)
        .resultContents(noted(contents, notes))
        .attributes(result.attributes())
        .build();
  }

  static @Nullable String after(Decision decision, List<String> notes, @Nullable String result) {
    if (keptBack(decision)) {
      return decision.message();
    }
    ToolResult handedOn = decision.result();
    String text = handedOn == null ? result : ContentTree.text(handedOn);
    return notes.isEmpty() ? text : noted(text == null ? "" : text, notes);
  }

  /**
   * What stands for the object that the contents were made from: callers of immediate tools and
   * listeners are given it, and the original says what was just taken out of its text.
   */
  private static Object value(List<Content> contents) {
    String text = text(contents);
    return text == null ? contents : text;
  }

  private static boolean keptBack(Decision decision) {
    return decision.action() == Action.REFUSE || decision.action() == Action.ASK;
  }

  private static ToolExecutionResult error(String message, String what) {
    return ToolExecutionResult.builder()
        .isError(true)
        .resultText(message)
        .attributes(Map.of(GovernedTools.ATTRIBUTE, what))
        .build();
  }

  /** One text stays one text: hosts and model clients ask results for it. */
  private static List<Content> noted(List<Content> contents, List<String> notes) {
    if (notes.isEmpty()) {
      return contents;
    }
    String text = text(contents);
    if (text != null) {
      return List.of(TextContent.from(noted(text, notes)));
    }
    List<Content> noted = new ArrayList<>(contents);
    noted.add(TextContent.from(String.join("\n", notes)));
    return noted;
  }

  static String noted(String text, List<String> notes) {
    String note = String.join("\n", notes);
    return text.isEmpty() ? note : text + "\n\n" + note;
  }

  private static @Nullable String text(List<Content> contents) {
    return contents.size() == 1 && contents.get(0) instanceof TextContent text ? text.text() : null;
  }
}
