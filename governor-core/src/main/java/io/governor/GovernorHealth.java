package io.governor;

import io.governor.event.GovernorMember.PolicyRef;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a governor could and could not do since it was built. Immutable.
 *
 * @param openSessions sessions that hold memory or a file now
 * @param written events on record; what is removed after it was seen there still counts
 * @param lost events that could not be recorded, by reason; {@code missing} are those whose trace
 *     was removed before they were seen on record
 * @param untold those of them that no later event tells of: their session was closed before one
 *     could
 * @param ruleErrors rules that threw, by id
 * @param sinkFailures events that an additional sink did not take
 * @param pauseFailures times that the state root's paused sessions could not be read or changed
 * @param policy the policy in force, or null when there is none
 * @param policyProblem why a changed policy file was not taken, or null when nothing is wrong
 */
public record GovernorHealth(
    int openSessions,
    long written,
    SortedMap<String, Long> lost,
    SortedMap<String, Long> untold,
    SortedMap<String, Long> ruleErrors,
    long sinkFailures,
    long pauseFailures,
    @Nullable PolicyRef policy,
    @Nullable String policyProblem) {}
