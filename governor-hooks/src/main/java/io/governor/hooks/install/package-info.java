/**
 * Writes hooks into the configuration of coding agents, and takes them out again. Start at {@link
 * io.governor.hooks.install.Installation}. What is not ours stays as it is, byte for byte.
 */
@NullMarked
package io.governor.hooks.install;

import org.jspecify.annotations.NullMarked;
