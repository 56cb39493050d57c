/**
 * Governs the AI services of a Spring Boot application: with this module on the class path, every
 * {@code @AiService} has its tools governed, and {@code governor.*} properties say how. Beans of
 * {@link io.governor.Rule}, {@link io.governor.Approver}, {@link io.governor.TraceSink}, {@link
 * io.governor.detect.Detector} and {@link io.governor.spring.boot.GovernorCustomizer} take part.
 * Services that are built by hand use the bean of {@link io.governor.langchain4j.GovernedTools};
 * where such a service is a bean, the start makes sure that it does.
 */
@NullMarked
package io.governor.spring.boot;

import org.jspecify.annotations.NullMarked;
