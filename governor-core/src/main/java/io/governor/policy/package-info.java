/**
 * The policy document an operator writes: rules over tool calls, lists of tools for agents, limits,
 * risk, and the cases that prove it.
 *
 * <p>Start at {@link io.governor.policy.Policy} for what a document holds.
 */
@NullMarked
package io.governor.policy;

import org.jspecify.annotations.NullMarked;
