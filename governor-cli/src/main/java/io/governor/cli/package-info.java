/**
 * The command {@code governor}. It reads what the libraries recorded and shows it; it governs
 * nothing itself, except for coding agents that call it as a hook. Start at {@link
 * io.governor.cli.GovernorCommand}.
 */
@NullMarked
package io.governor.cli;

import org.jspecify.annotations.NullMarked;
