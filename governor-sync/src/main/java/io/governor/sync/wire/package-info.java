/**
 * Carries requests to the registered server: the only package of sync that opens connections. Begin
 * with {@code HttpTransport}.
 */
@NullMarked
package io.governor.sync.wire;

import org.jspecify.annotations.NullMarked;
