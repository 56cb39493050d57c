/**
 * Carries requests to the registered server: the only package of sync that opens connections. Begin
 * with {@link io.governor.sync.wire.HttpTransport}.
 */
@NullMarked
package io.governor.sync.wire;

import org.jspecify.annotations.NullMarked;
