package io.governor.benchmarks;

import java.util.Map;

/**
 * One call of the stream that policies are measured with. Immutable; its toString shows the size of
 * the arguments only.
 *
 * @param tool the tool
 * @param json its arguments as a model would write them
 * @param arguments the same arguments, parsed; whole numbers are longs
 */
public record GeneratedCall(String tool, String json, Map<String, Object> arguments) {

  @Override
  public String toString() {
    return "GeneratedCall[" + tool + ", " + json.length() + " characters]";
  }
}
