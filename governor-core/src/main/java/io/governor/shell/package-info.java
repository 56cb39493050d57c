/**
 * Reads shell commands without executing them and classifies what they would do (execution record,
 * section 8).
 */
@NullMarked
package io.governor.shell;

import org.jspecify.annotations.NullMarked;
