/** Looks at what would be sent before it is. */
@NullMarked
package io.governor.samples.dryrun;

import org.jspecify.annotations.NullMarked;
