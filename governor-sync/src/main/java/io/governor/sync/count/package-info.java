/**
 * The counting engine: reads slices of traces and adds up how often each rule fired. Begin with
 * {@link io.governor.sync.count.SliceCounter}; people and hosts begin with {@link
 * io.governor.sync.TraceCounter}, which stands in front of it.
 */
@NullMarked
package io.governor.sync.count;

import org.jspecify.annotations.NullMarked;
