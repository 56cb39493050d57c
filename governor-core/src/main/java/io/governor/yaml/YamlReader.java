package io.governor.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

/**
 * Reads one YAML document into a tree of {@link YamlNode}s. Refused, as {@link YamlProblem}: more
 * than {@value #MAX_BYTES} bytes, more than {@value #MAX_DEPTH} levels, text that is not UTF-8, a
 * second document, repeated keys, keys that are not strings, dates, sets, binary values, tags other
 * than YAML's own simple ones, aliases that lead back into themselves or blow the document up. Any
 * thread may use it.
 */
public final class YamlReader {

  /** The longest document, in bytes. */
  public static final int MAX_BYTES = 1 << 20;

  /** The deepest document, in levels of lists and mappings. */
  public static final int MAX_DEPTH = 64;

  private YamlReader() {}

  /**
   * Reads a document from a stream of UTF-8 bytes as {@link #read(InputStream, PlainScalars)} does,
   * with a bound of its own.
   *
   * @param maxBytes the longest document, in bytes
   * @return the root, or null when the document is empty or holds only comments
   * @throws IOException when the stream fails
   */
  public static @Nullable YamlNode read(InputStream utf8, PlainScalars scalars, int maxBytes)
      throws IOException, YamlProblem {
    return parse(text(utf8, maxBytes), scalars, maxBytes);
  }

  /**
   * Reads a stream of UTF-8 bytes up to its end or the bound. The stream stays open.
   *
   * @throws IOException when the stream fails
   * @throws YamlProblem when there are more bytes, or they are not UTF-8
   */
  public static String text(InputStream utf8, int maxBytes) throws IOException, YamlProblem {
    byte[] bytes = utf8.readNBytes(maxBytes + 1);
    if (bytes.length > maxBytes) {
      throw tooLong(maxBytes);
    }
    return decode(bytes);
  }

  /**
   * Reads a document given as text, with a bound of its own.
   *
   * @param maxLength the longest document, in UTF-16 characters
   */
  public static @Nullable YamlNode read(String text, PlainScalars scalars, int maxLength)
      throws YamlProblem {
    if (text.length() > maxLength) {
      throw tooLong(maxLength);
    }
    return parse(text, scalars, maxLength);
  }

  /**
   * Reads a document from a stream of UTF-8 bytes up to its end or the bound; a byte-order mark at
   * the start is skipped. The stream stays open.
   *
   * @return the root, or null when the document is empty or holds only comments
   * @throws IOException when the stream fails
   */
  public static @Nullable YamlNode read(InputStream utf8, PlainScalars scalars)
      throws IOException, YamlProblem {
    return read(utf8, scalars, MAX_BYTES);
  }

  /** Reads a document given as text. */
  public static @Nullable YamlNode read(String text, PlainScalars scalars) throws YamlProblem {
    return read(text, scalars, MAX_BYTES);
  }

  private static @Nullable YamlNode parse(String text, PlainScalars scalars, int bound)
      throws YamlProblem {
    String content = text.startsWith("\ufeff") ? text.substring(1) : text;
    try {
      // Comments are not asked for: they would come between the events of the values.
      // The bound is checked already; the library has one of its own, of 3 Mi characters.
      LoadSettings settings =
          LoadSettings.builder().setParseComments(false).setCodePointLimit(bound).build();
      Iterator<Event> events = new Parse(settings).parseString(content).iterator();
      return new YamlComposer(events, scalars, bound).document();
    } catch (MarkedYamlEngineException e) {
      throw problem(placeOf(e), KeyPath.oneLine(String.valueOf(e.getProblem())));
    } catch (ReaderException e) {
      int at = content.offsetByCodePoints(0, Math.min(e.getPosition(), codePoints(content)));
      throw problem(Place.behind(content.substring(0, at)), "a character that YAML does not allow");
    } catch (RuntimeException e) {
      // The parser's remaining refusals carry no place, and its faults must not reach the host.
      throw problem(Place.START, "the document cannot be parsed");
    }
  }

  private static String decode(byte[] bytes) throws YamlProblem {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer text = CharBuffer.allocate(bytes.length);
    boolean broken = decoder.decode(ByteBuffer.wrap(bytes), text, true).isError();
    text.flip();
    if (broken) {
      throw problem(Place.behind(text), "a byte that is not UTF-8");
    }
    return text.toString();
  }

  private static Place placeOf(MarkedYamlEngineException e) {
    Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
    return mark.map(YamlReader::place).orElse(Place.START);
  }

  static Place place(Mark mark) {
    return new Place(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static int codePoints(String text) {
    return text.codePointCount(0, text.length());
  }

  private static YamlProblem tooLong(int bound) {
    return new YamlProblem(
        Place.START, KeyPath.ROOT, "the document is longer than " + bound + " bytes");
  }

  private static YamlProblem problem(Place place, String reason) {
    return new YamlProblem(place, KeyPath.ROOT, "not valid YAML: " + reason);
  }
}
