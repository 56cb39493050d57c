package io.governor.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.governor.event.EventDecoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Tells whether a file as a whole is one JSON array (execution record, section 11), in memory that
 * does not grow with the file. A file that turns out not to be one is JSON Lines, so one that no
 * array of events could be (nested more than 1000 deep, a name or number of more than 16 MiB) is
 * given up rather than followed.
 */
final class JsonArrayFile {

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(1000)
                  .maxStringLength(EventDecoder.MAX_LINE_BYTES)
                  .maxNameLength(EventDecoder.MAX_LINE_BYTES)
                  .maxNumberLength(EventDecoder.MAX_LINE_BYTES)
                  .build())
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private JsonArrayFile() {}

  static boolean is(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return is(in);
    }
  }

  /** The same for a stream, which is read to its end or until it cannot be one. */
  static boolean is(InputStream in) throws IOException {
    try (Reader text = strictUtf8(in);
        JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return false;
      }
      while (!parser.getParsingContext().inRoot()) {
        parser.nextToken();
      }
      return parser.nextToken() == null;
    } catch (JsonProcessingException | CharacterCodingException e) {
      return false;
    }
  }

  private static Reader strictUtf8(InputStream in) throws IOException {
    return new InputStreamReader(
        afterByteOrderMark(in),
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  private static InputStream afterByteOrderMark(InputStream in) throws IOException {
    byte[] start = in.readNBytes(BYTE_ORDER_MARK.length);
    return Arrays.equals(start, BYTE_ORDER_MARK)
        ? in
        : new SequenceInputStream(new ByteArrayInputStream(start), in);
  }
}
