/**
 * Test help for code that builds on Governor. Start with {@link
 * io.governor.testkit.RecordingTraceSink}; adapters extend {@link
 * io.governor.testkit.AdapterContract}.
 */
@NullMarked
package io.governor.testkit;

import org.jspecify.annotations.NullMarked;
