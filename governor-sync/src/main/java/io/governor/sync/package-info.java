/**
 * Adds up, from traces, how often each rule fired, and shows exactly what would be sent. Begin with
 * {@link io.governor.sync.SyncClient#dryRun()}, or with {@link io.governor.sync.TraceCounter} for
 * the numbers alone. Nothing here opens a connection.
 */
@NullMarked
package io.governor.sync;

import org.jspecify.annotations.NullMarked;
