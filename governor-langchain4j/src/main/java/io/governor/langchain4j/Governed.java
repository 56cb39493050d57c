package io.governor.langchain4j;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says beside a {@code @Tool} method what its data is, so that results count as classified
 * (POL-003) and what it keeps as declared (POL-004).
 *
 * <pre>{@code
 * @Tool(name = "crm.lookup")
 * @Governed(classification = "pii", authorization = "support contract")
 * String lookup(String order) { … }
 * }</pre>
 *
 * <p>It is found where LangChain4j finds {@code @Tool}, on inherited methods, on interfaces and
 * through proxies, and also on a method that overrides or implements one with {@code @Tool}; the
 * one nearest to the object's class counts. What stands nearer to the call is stronger, value by
 * value: a function given to {@link GovernedToolsBuilder#classify}, then this annotation, then what
 * the governor was told ({@code classify}, then {@code tool}), then the policy's {@code tools}.
 *
 * <p>A value that is not accepted is refused when the tools are built; so is an annotation that
 * says nothing, or stands on a method that is no tool.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Governed {

  /**
   * How sensitive the data is that the tool returns or keeps: {@code public}, {@code internal},
   * {@code confidential}, {@code pii} or {@code restricted}; several where it is of several kinds.
   * What is written is recorded as the most sensitive of them.
   */
  String[] classification() default {};

  /** Where the data comes from; by default the system that the tool touches. */
  String[] provenance() default {};

  /** How long the data may be kept, a period in the form of ISO 8601 such as {@code P30D}. */
  String retention() default "";

  /** Who authorized that the agent sees data this sensitive (POL-005). */
  String authorization() default "";
}
