package io.governor.standard;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.governor.yaml.Place;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The content hash that a profile's header comment may state: in the comment lines before the first
 * value, {@code content hash} (or {@code content_hash}, {@code content-hash}) and 64 hex digits.
 */
record ContentHashComment(@Nullable String hash, Place place) {

  private static final Pattern STATED =
      Pattern.compile("(?i)content[ _-]hash[^0-9a-z]+(?:sha-?256[^0-9a-z]+)?([0-9a-f]{64})\\b");

  static ContentHashComment in(byte[] utf8) {
    String text = new String(utf8, StandardCharsets.UTF_8);
    int line = 0;
    for (String each : (Iterable<String>) text.lines()::iterator) {
      line++;
      String comment = each.replace("\ufeff", "").strip();
      if (!comment.isEmpty() && !comment.startsWith("#")) {
        break;
      }
      Matcher matcher = STATED.matcher(each);
      if (matcher.find()) {
        return new ContentHashComment(matcher.group(1), new Place(line, matcher.start(1) + 1));
      }
    }
    return new ContentHashComment(null, Place.START);
  }

  /** Where the stated hash stands, when there is one and it is another. */
  Optional<Place> staleAgainst(String contentHash) {
    return hash == null || hash.equalsIgnoreCase(contentHash)
        ? Optional.empty()
        : Optional.of(place);
  }
}
