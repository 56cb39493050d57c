package io.governor;

/**
 * A person's answer. Immutable.
 *
 * @param allowed whether the call may run
 * @param digest the digest of the arguments the person saw, see {@link ApprovalRequest#digest()}
 */
public record Approval(boolean allowed, String digest) {}
