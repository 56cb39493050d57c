package io.governor.hooks.daemon;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request of HTTP/1.1, read to its end.
 *
 * @param method such as {@code POST}
 * @param path without a query
 * @param fields the header's fields, names in lower case
 * @param body the bytes that came, however they were sent
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record WireRequest(String method, String path, Map<String, String> fields, byte[] body) {

  @Nullable String field(String lowerCaseName) {
    return fields.get(lowerCaseName);
  }

  @Override
  public String toString() {
    return "WireRequest[" + method + ", " + body.length + " bytes]";
  }
}
