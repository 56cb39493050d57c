package io.governor;

import java.util.SortedMap;

/**
 * What a governor could and could not do since it was built. Immutable.
 *
 * @param openSessions sessions that hold memory or a file now
 * @param written events on record
 * @param lost events that could not be recorded, by reason
 * @param untold those of them that no later event tells of: their session was closed before one
 *     could
 * @param ruleErrors rules that threw, by id
 * @param sinkFailures events that an additional sink did not take
 */
public record GovernorHealth(
    int openSessions,
    long written,
    SortedMap<String, Long> lost,
    SortedMap<String, Long> untold,
    SortedMap<String, Long> ruleErrors,
    long sinkFailures) {}
