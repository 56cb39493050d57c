/**
 * What it costs to put an event on record, beside the limits and a peer. Start with {@link
 * io.governor.benchmarks.trace.TraceBenchmark}.
 */
@org.jspecify.annotations.NullMarked
package io.governor.benchmarks.trace;
