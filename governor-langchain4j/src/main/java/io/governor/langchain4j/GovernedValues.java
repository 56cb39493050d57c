package io.governor.langchain4j;

import io.governor.CallHint;
import io.governor.ResultHint;
import io.governor.ToolAnnotations;
import io.governor.standard.SensitivityTier;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the values of one annotation; what is wrong is said with the method and what would do. */
final class GovernedValues {

  /** Ascending by how sensitive they are. */
  private static final List<String> CLASSES =
      Stream.of(SensitivityTier.values())
          .filter(tier -> tier.compareTo(SensitivityTier.UNKNOWN) > 0)
          .map(tier -> tier.name().toLowerCase(Locale.ROOT))
          .toList();

  private final Method method;
  private final Governed governed;

  GovernedValues(Method method) {
    this.method = method;
    this.governed = method.getAnnotation(Governed.class);
  }

  static String place(Method method) {
    return method.getDeclaringClass().getName() + "." + method.getName() + ": @Governed";
  }

  /**
   * @throws IllegalArgumentException if a value is not accepted, or there is none
   */
  ToolHints hints() {
    List<String> classes = classes();
    List<String> provenance = provenance();
    String retention = retention();
    String authorization = text("authorization", governed.authorization());
    if (classes == null && provenance == null && retention == null && authorization == null) {
      throw refused("expected a classification, provenance, retention or authorization, got none");
    }
    String written =
        classes == null ? null : Collections.max(classes, Comparator.comparing(CLASSES::indexOf));
    List<String> flags = retention == null ? null : List.of(retention);
    return new ToolHints(
        ToolAnnotations.NONE,
        new CallHint(written, retention),
        new ResultHint(classes, null, provenance, flags, authorization, null));
  }

  private @Nullable List<String> classes() {
    for (String each : governed.classification()) {
      if (!CLASSES.contains(each)) {
        throw refused("classification: expected " + alternatives() + ", got \"" + each + "\"");
      }
    }
    return list(governed.classification());
  }

  private static String alternatives() {
    int last = CLASSES.size() - 1;
    return String.join(", ", CLASSES.subList(0, last)) + " or " + CLASSES.get(last);
  }

  private @Nullable List<String> provenance() {
    for (String each : governed.provenance()) {
      if (each.isBlank()) {
        throw refused("provenance: expected names of sources, got a blank text");
      }
    }
    return list(governed.provenance());
  }

  private @Nullable String retention() {
    String retention = governed.retention();
    if (!retention.isEmpty() && !isPeriod(retention)) {
      throw refused(
          "retention: expected a period in the form of ISO 8601, longer than none, such as P30D,"
              + " P1Y or PT12H, got \""
              + retention
              + "\"");
    }
    return text("retention", retention);
  }

  private static boolean isPeriod(String text) {
    try {
      Period period = Period.parse(text);
      return !period.isNegative() && !period.isZero();
    } catch (DateTimeParseException noPeriod) {
      return isDuration(text);
    }
  }

  private static boolean isDuration(String text) {
    try {
      Duration duration = Duration.parse(text);
      return !duration.isNegative() && !duration.isZero();
    } catch (DateTimeParseException neither) {
      return false;
    }
  }

  private @Nullable String text(String name, String value) {
    if (!value.isEmpty() && value.isBlank()) {
      throw refused(name + ": expected a text, got blanks");
    }
    return value.isEmpty() ? null : value;
  }

  private static @Nullable List<String> list(String[] values) {
    return values.length == 0 ? null : Arrays.asList(values);
  }

  private IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(place(method) + ": " + why);
  }
}
