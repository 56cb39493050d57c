/**
 * Looks through the transcripts that Claude Code keeps, for what happened before anybody governed
 * it. Read-only; start at {@link io.governor.hooks.scan.TranscriptScan}.
 */
@NullMarked
package io.governor.hooks.scan;

import org.jspecify.annotations.NullMarked;
