/**
 * The process that stays: one per state root, it answers hooks over a Unix domain socket and, where
 * that is wanted, over HTTP on loopback. Start with {@link io.governor.hooks.daemon.HookDaemon};
 * {@link io.governor.hooks.daemon.DaemonClient} asks a running one.
 */
@NullMarked
package io.governor.hooks.daemon;

import org.jspecify.annotations.NullMarked;
