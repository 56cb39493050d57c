package io.governor.collector.testing;

/** An answer with JSON; an empty text for none. */
record Reply(int status, String json) {

  static Reply refused(int status, String why) {
    // The reason is the server's own words, and no value of the request.
    return new Reply(status, "{\"error\": \"" + why.replaceAll("[^ -!#-\\[\\]-~]", "?") + "\"}");
  }
}
