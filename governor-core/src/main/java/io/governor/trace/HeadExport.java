package io.governor.trace;

import io.governor.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * The heads of all traces at one time, to be kept where whoever can write to the traces cannot. An
 * export may be read by anybody: it names sessions and holds no event. Immutable.
 *
 * @param at when it was made
 * @param heads one for each chained trace that was not tampered with, in order of file
 * @param logBytes how long {@code heads.log} was
 * @param logHash the SHA-256 of those bytes, 64 lower-case hex digits
 */
public record HeadExport(Instant at, List<TraceHead> heads, long logBytes, String logHash) {

  private static final String TITLE = "governor heads 1";
  private static final String CHECK = "sha256 ";

  public HeadExport {
    heads = List.copyOf(heads);
  }

  /**
   * The export as lines of text: a title, the time, {@code heads.log} with its bytes, each trace
   * with its lines, and a hash of all that.
   */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(TITLE).append('\n');
    text.append(at).append('\n');
    line(logHash, logBytes, HeadLog.NAME, text);
    heads.forEach(head -> line(head.hash(), head.lines(), head.trace(), text));
    String hash = hash(text);
    return text.append(CHECK).append(hash).append('\n').toString();
  }

  /**
   * The hash of everything in the text, which is its last word: enough to tell one from another.
   */
  public String hash() {
    String text = text();
    return text.substring(text.length() - 2 * HashChain.HASH_BYTES - 1, text.length() - 1);
  }

  private static void line(String hash, long number, String name, StringBuilder text) {
    String shown = isPlain(name) ? name : literal(name);
    text.append(hash).append(' ').append(number).append(' ').append(shown).append('\n');
  }

  private static boolean isPlain(String name) {
    boolean printable = name.chars().allMatch(c -> c >= ' ' && c <= '~');
    return printable && name.equals(name.strip()) && !name.startsWith("\"");
  }

  private static String literal(String name) {
    byte[] literal = new JsonWriter(name.length() + 2).value(name).toByteArray();
    return new String(literal, StandardCharsets.US_ASCII);
  }

  /** The same as one line of JSON. */
  public String json() {
    JsonWriter out = new JsonWriter(1 << 12);
    out.beginObject();
    out.member("governor_heads").value(1);
    out.member("at").value(at.toString());
    out.member("log_bytes").value(logBytes);
    out.member("log_hash").value(logHash);
    out.member("heads").beginArray();
    for (TraceHead head : heads) {
      out.item().beginObject();
      out.member("trace").value(head.trace());
      out.member("lines").value(head.lines());
      out.member("hash").value(head.hash());
      out.endObject();
    }
    out.endArray();
    out.member("sha256").value(hash());
    out.endObject();
    return new String(out.buffer(), 0, out.length(), StandardCharsets.US_ASCII);
  }

  private static String hash(CharSequence text) {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(HashChain.sha256().digest(bytes));
  }

  /**
   * Reads what {@link #text()} or {@link #json()} wrote, with either kind of line end.
   *
   * @throws IllegalArgumentException if it is not whole; the message says which line is wrong
   */
  public static HeadExport parse(String text) {
    String unix = text.replace("\r\n", "\n");
    return unix.startsWith("{") ? HeadExportJson.parse(unix) : new HeadExportParser(unix).parse();
  }

  static boolean isTitle(String line) {
    return line.equals(TITLE);
  }

  static boolean isCheck(String line, String before) {
    return line.equals(CHECK + hash(before));
  }
}
