package io.governor.cli;

import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;

/** Reads JSON that the command has printed. */
final class JsonTexts {

  private JsonTexts() {}

  static Object parse(String text) {
    try {
      return StrictJson.parse(text, StrictJson.Limits.HOOK);
    } catch (JsonProblem e) {
      throw new AssertionError("no JSON: " + e.getMessage(), e);
    }
  }
}
