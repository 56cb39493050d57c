/**
 * People who are asked: {@link io.governor.approval.FileApprover} leaves the question below the
 * state root, where {@link io.governor.approval.PendingApprovals} finds and answers it; {@link
 * io.governor.approval.TerminalApprover} asks on the terminal.
 */
@NullMarked
package io.governor.approval;

import org.jspecify.annotations.NullMarked;
