package io.governor;

import io.governor.trace.TraceStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What the sessions of one governor share. Its parts are safe for use by several threads. */
record GovernorRuntime(
    InstantSource clock,
    LongSupplier nanoTime,
    Supplier<String> ids,
    TraceStore store,
    List<TraceSink> sinks,
    Health health,
    SessionProfile.Source profiles,
    ToolClassifier classifier,
    ResultHints hints,
    RuleEvaluator evaluator,
    RuleIndex rules,
    StandardModes standard,
    Mode mode,
    boolean requireTrace,
    Duration idleTimeout) {}
