/**
 * A Spring Boot application with one AI service. Nothing in its code names Governor: the starter on
 * the class path, a policy and three properties govern it.
 */
@NullMarked
package io.governor.samples.springboot;

import org.jspecify.annotations.NullMarked;
