package io.governor.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinearPatternTest {

  @Test
  void a_pattern_is_searched_and_case_counts() throws Exception {
    LinearPattern pattern = LinearPattern.compile("rm.*-rf");

    assertThat(pattern.find("Bash:sudo rm x -rf y")).isTrue();
    assertThat(pattern.find("Bash:RM -RF")).isFalse();
    assertThat(pattern).hasToString("rm.*-rf");
  }

  @Test
  void classes_are_ascii() throws Exception {
    assertThat(LinearPattern.compile("^\\w+$").find("é")).isFalse();
    assertThat(LinearPattern.compile("\\d").find("٣")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a(?=b)      | the pattern does not compile: look-ahead and look-behind are not supported, because they cannot be matched in linear time
          (?<!a)b     | the pattern does not compile: look-ahead and look-behind are not supported, because they cannot be matched in linear time
          (a)\\1      | the pattern does not compile: back-references are not supported, because they cannot be matched in linear time
          (a          | the pattern does not compile: missing closing )
          *a          | the pattern does not compile: missing argument to repetition operator
          a\\y        | the pattern does not compile: invalid escape sequence
          """)
  void a_refusal_says_why(String pattern, String reason) {
    assertThat(problem(pattern).reason()).isEqualTo(reason);
  }

  @Test
  void a_pattern_may_have_4096_characters() throws Exception {
    assertThat(LinearPattern.compile("a".repeat(4096)).find("a")).isFalse();
    assertThat(problem("a".repeat(4097)).reason())
        .isEqualTo("the pattern is longer than 4096 characters");
  }

  /** Thirty characters that made the library allocate until the heap was full. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(((((a{30}){30}){30}){30}){30})",
        "((a{100}){100}){100}",
        "((([ab]]{1000}){1000}))",
        "(?:(?:\\p{Greek}{500}){2,500}){9,}",
        "(([[:alpha:]x]{900}){90})",
        "((\\Q{{\\E){1000}){1000}"
      })
  void counts_inside_counts_are_bounded_before_they_cost_anything(String pattern) {
    assertThat(problem(pattern).reason()).startsWith("the pattern repeats too much");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a{1000}",
        "(ab{3}){10}",
        "\\{1000\\}(x\\{1000}){9}",
        "[{]1000}",
        "a{,5}",
        "x{2,}y{0}z{0,1}",
        "^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$",
        "\\x{1F600}{3}",
        "\\QC:\\{9\\E{9}"
      })
  void ordinary_patterns_compile(String pattern) throws Exception {
    assertThat(LinearPattern.compile(pattern)).hasToString(pattern);
  }

  @Test
  void deep_nesting_is_refused_or_compiled_but_never_thrown() throws Exception {
    String pattern = "(".repeat(2040) + "a" + ")".repeat(2040);

    Thread small =
        new Thread(
            null,
            () -> {
              PatternProblem problem = problem(pattern);
              assertThat(problem == null || problem.reason().contains("deeply")).isTrue();
            },
            "small stack",
            256 * 1024);
    Throwable[] thrown = new Throwable[1];
    small.setUncaughtExceptionHandler((thread, e) -> thrown[0] = e);
    small.start();
    small.join();

    assertThat(thrown[0]).isNull();
  }

  private static PatternProblem problem(String pattern) {
    return catchThrowableOfType(PatternProblem.class, () -> LinearPattern.compile(pattern));
  }
}
