package io.governor.hooks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.governor.TokenUsage;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What counts of one line of a Claude Code transcript. It is read leniently, because it decides
 * nothing: text with broken characters is no reason to lose the usage beside it. Texts that are not
 * asked for are passed over without being held.
 *
 * @param requestId the model request the line belongs to
 * @param toolUseIds the calls it issues
 */
record TranscriptLine(
    String requestId,
    @Nullable String model,
    @Nullable Long inputTokens,
    @Nullable Long outputTokens,
    @Nullable Long cacheReadTokens,
    @Nullable Long cacheWriteTokens,
    List<String> toolUseIds) {

  private static final int LONGEST_ID = 256;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(LONGEST_ID).build())
          // A table of names shared by all lines would be a target for chosen collisions.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .build();

  TranscriptLine {
    toolUseIds = List.copyOf(toolUseIds);
  }

  boolean hasUsage() {
    return inputTokens != null
        || outputTokens != null
        || cacheReadTokens != null
        || cacheWriteTokens != null;
  }

  /**
   * Reads one line.
   *
   * @return null when the line is broken or belongs to no model request
   * @throws IOException if the stream fails
   */
  static @Nullable TranscriptLine read(InputStream line) throws IOException {
    try (JsonParser in =
        FACTORY.createParser(new InputStreamReader(line, StandardCharsets.UTF_8))) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      Reading reading = new Reading();
      forEachMember(in, name -> reading.lineMember(name, in));
      return in.nextToken() == null ? reading.result() : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  @FunctionalInterface
  private interface MemberReader {
    void read(String name) throws IOException;
  }

  /** Visits the members of the object the parser stands at; each reader leaves its value behind. */
  private static void forEachMember(JsonParser in, MemberReader reader) throws IOException {
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      reader.read(name);
      // Nothing when the reader went through the value already.
      if (in.currentToken().isStructStart()) {
        in.skipChildren();
      }
    }
  }

  private static @Nullable String text(JsonParser in) throws IOException {
    return in.hasToken(JsonToken.VALUE_STRING) ? in.getText() : null;
  }

  private static @Nullable Long count(JsonParser in) throws IOException {
    boolean readable = in.currentToken().isNumeric() || in.hasToken(JsonToken.VALUE_STRING);
    return readable ? TokenUsage.count(in.getText()) : null;
  }

  /** What has been read so far; of names that are repeated the last counts. */
  private static final class Reading {

    private boolean isAssistant;
    private @Nullable String requestId;
    private boolean hasMessage;
    private @Nullable String model;
    private @Nullable Long input;
    private @Nullable Long output;
    private @Nullable Long cacheRead;
    private @Nullable Long cacheWrite;
    private final List<String> toolUseIds = new ArrayList<>();

    void lineMember(String name, JsonParser in) throws IOException {
      switch (name) {
        case "type" -> isAssistant = "assistant".equals(text(in));
        case "requestId" -> requestId = text(in);
        case "message" -> {
          hasMessage = in.hasToken(JsonToken.START_OBJECT);
          if (hasMessage) {
            forEachMember(in, member -> messageMember(member, in));
          }
        }
        default -> {}
      }
    }

    private void messageMember(String name, JsonParser in) throws IOException {
      switch (name) {
        case "model" -> model = text(in);
        case "usage" -> {
          if (in.hasToken(JsonToken.START_OBJECT)) {
            forEachMember(in, member -> usageMember(member, in));
          }
        }
        case "content" -> content(in);
        default -> {}
      }
    }

    private void usageMember(String name, JsonParser in) throws IOException {
      switch (name) {
        case "input_tokens" -> input = count(in);
        case "output_tokens" -> output = count(in);
        case "cache_read_input_tokens" -> cacheRead = count(in);
        case "cache_creation_input_tokens" -> cacheWrite = count(in);
        default -> {}
      }
    }

    private void content(JsonParser in) throws IOException {
      toolUseIds.clear();
      if (!in.hasToken(JsonToken.START_ARRAY)) {
        return;
      }
      while (in.nextToken() != JsonToken.END_ARRAY) {
        if (in.hasToken(JsonToken.START_OBJECT)) {
          Block block = new Block();
          forEachMember(in, member -> block.member(member, in));
          block.addTo(toolUseIds);
        } else {
          in.skipChildren();
        }
      }
    }

    @Nullable TranscriptLine result() {
      return isAssistant && hasMessage && requestId != null
          ? new TranscriptLine(requestId, model, input, output, cacheRead, cacheWrite, toolUseIds)
          : null;
    }
  }

  /** One block of a message's content. */
  private static final class Block {

    private boolean isToolUse;
    private @Nullable String id;

    void member(String name, JsonParser in) throws IOException {
      switch (name) {
        case "type" -> isToolUse = "tool_use".equals(text(in));
        case "id" -> id = text(in);
        default -> {}
      }
    }

    void addTo(List<String> toolUseIds) {
      if (isToolUse && id != null) {
        toolUseIds.add(id);
      }
    }
  }
}
