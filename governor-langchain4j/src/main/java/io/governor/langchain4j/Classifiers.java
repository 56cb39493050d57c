package io.governor.langchain4j;

import io.governor.ResultHint;
import io.governor.ToolResult;
import io.governor.pattern.Glob;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host's functions that say what a result is; the first whose pattern matches the tool answers.
 * Safe for use by several threads if the functions are.
 */
record Classifiers(List<Classifier> all) {

  private static final Logger LOG = LoggerFactory.getLogger(GovernedTools.class);

  static final Classifiers NONE = new Classifiers(List.of());

  /** One function; that it failed is said once, for it fails again with every result. */
  record Classifier(
      Glob tools, Function<ToolResult, @Nullable ResultHint> function, AtomicBoolean told) {

    /**
     * @throws IllegalArgumentException if the glob is malformed
     */
    static Classifier of(String nameOrGlob, Function<ToolResult, @Nullable ResultHint> function) {
      return new Classifier(Glob.of(nameOrGlob), function, new AtomicBoolean());
    }

    ResultHint about(String tool, ToolResult result) {
      try {
        ResultHint hint = function.apply(result);
        return hint == null ? ResultHint.NONE : hint;
      } catch (Exception | StackOverflowError | LinkageError | AssertionError failure) {
        if (told.compareAndSet(false, true)) {
          LOG.warn(
              "the function that classifies results of tool {} failed: {}; what else is known of the"
                  + " tool applies, and further failures are not told",
              tool,
              failure.getClass().getName());
        }
        return ResultHint.NONE;
      }
    }
  }

  Classifiers {
    all = List.copyOf(all);
  }

  Classifiers orElse(Classifiers others) {
    return new Classifiers(Stream.concat(all.stream(), others.all.stream()).toList());
  }

  ResultHint about(String tool, ToolResult result) {
    for (Classifier classifier : all) {
      if (classifier.tools.matches(tool)) {
        return classifier.about(tool, result);
      }
    }
    return ResultHint.NONE;
  }
}
