/**
 * The policy document an operator writes: rules over tool calls, lists of tools for agents, limits,
 * risk, and the cases that prove it.
 *
 * <p>Start at {@link io.governor.policy.Policy} for what a document holds, at {@link
 * io.governor.policy.PolicyLoader} to read one, and at {@link io.governor.policy.PolicyBuilder} to
 * write one in Java. The resource {@code governor-policy.schema.json} beside this package tells
 * editors the same.
 */
@NullMarked
package io.governor.policy;

import org.jspecify.annotations.NullMarked;
