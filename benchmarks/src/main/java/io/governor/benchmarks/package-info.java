/** What Governor costs, measured beside a peer or a physical limit in the same run. */
@NullMarked
package io.governor.benchmarks;

import org.jspecify.annotations.NullMarked;
