/**
 * What counting costs, beside those who could do it instead. Start with {@link
 * io.governor.benchmarks.count.CountingCosts}.
 */
@org.jspecify.annotations.NullMarked
package io.governor.benchmarks.count;
