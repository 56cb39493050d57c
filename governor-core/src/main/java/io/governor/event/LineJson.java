package io.governor.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Opens one line as a JSON object and makes sure that the line holds nothing else. The parser gets
 * characters, not bytes: its own byte decoder guesses encodings, skips byte-order marks and lets
 * overlong forms and encoded surrogates pass.
 */
final class LineJson {

  /** Reads the object whose opening brace was just consumed, up to its closing brace. */
  interface Reading<T> {
    T read(JsonParser in) throws IOException, MalformedEventException;
  }

  static final int MAX_DEPTH = 100;
  static final String ENDS_EARLY = "not JSON: ends too early";

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(EventDecoder.MAX_LINE_BYTES)
                  .maxNameLength(EventDecoder.MAX_LINE_BYTES)
                  .maxNumberLength(EventDecoder.MAX_LINE_BYTES)
                  .build())
          // A table of names shared by all lines would be a target for chosen collisions.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private static final byte[] BEGINNING = "{\"event_id\": \"".getBytes(StandardCharsets.US_ASCII);

  /** What the lines of an encrypted trace begin with; see the package {@code io.governor.crypt}. */
  private static final byte[] ENCRYPTED = "{\"governor_".getBytes(StandardCharsets.US_ASCII);

  private static final Pattern CUT_WORD =
      Pattern.compile("([:,\\[] ?)(?:t|tr|tru|f|fa|fal|fals|n|nu|nul)$");

  private LineJson() {}

  static <T> T read(byte[] line, int offset, int length, Reading<T> reading)
      throws MalformedEventException {
    if (length > EventDecoder.MAX_LINE_BYTES) {
      throw MalformedEventException.tooLong();
    }
    CharBuffer text = decode(line, offset, length);
    try (JsonParser in = FACTORY.createParser(text.array(), text.arrayOffset(), text.length())) {
      JsonToken first = in.nextToken();
      if (first == JsonToken.START_ARRAY) {
        // Too deep or cut off says more than that it is no object.
        in.skipChildren();
      }
      if (first != JsonToken.START_OBJECT) {
        throw new MalformedEventException(first == null ? ENDS_EARLY : "not a JSON object");
      }
      T result = reading.read(in);
      if (in.nextToken() != null) {
        throw new MalformedEventException("not JSON: more text after the object");
      }
      return result;
    } catch (StreamConstraintsException e) {
      // The line is within every other bound.
      throw MalformedEventException.tooDeep(MAX_DEPTH);
    } catch (JsonEOFException e) {
      throw new MalformedEventException(ENDS_EARLY);
    } catch (JsonProcessingException e) {
      throw new MalformedEventException(notJson(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the bytes begin as the encoder's lines do and are JSON as far as they go. */
  static boolean isCutOff(byte[] line, int offset, int length) {
    int known = Math.min(length, BEGINNING.length);
    if (length > 0
        && length <= ENCRYPTED.length
        && Arrays.equals(line, offset, offset + length, ENCRYPTED, 0, length)) {
      return true;
    }
    if (length == 0
        || length > EventDecoder.MAX_LINE_BYTES
        || !Arrays.equals(line, offset, offset + known, BEGINNING, 0, known)) {
      return false;
    }
    String text = new String(line, offset, length, StandardCharsets.ISO_8859_1);
    if (!text.chars().allMatch(c -> c >= 0x20 && c <= 0x7e)) {
      return false;
    }
    // A cut word looks like a wrong one, at its start; every other cut is an error at the end.
    String rest = CUT_WORD.matcher(text).replaceFirst("$1");
    try (JsonParser in = FACTORY.createParser(rest)) {
      while (in.nextToken() != null) {
        // Only the end matters.
      }
      return false;
    } catch (JsonProcessingException e) {
      return e instanceof JsonEOFException
          || (e.getLocation() != null && e.getLocation().getCharOffset() >= rest.length());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CharBuffer decode(byte[] line, int offset, int length)
      throws MalformedEventException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(line, offset, length));
    } catch (CharacterCodingException e) {
      throw new MalformedEventException("not valid UTF-8");
    }
  }

  /** Where only: the parser's own message quotes what it found. */
  private static String notJson(JsonProcessingException e) {
    return e.getLocation() == null
        ? "not JSON"
        : "not JSON: wrong near character " + (e.getLocation().getCharOffset() + 1);
  }
}
