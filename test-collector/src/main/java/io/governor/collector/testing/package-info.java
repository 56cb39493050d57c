/**
 * What the tests of sync talk to. Begin with {@link io.governor.collector.testing.TestCollector},
 * which keeps the contract; {@link io.governor.collector.testing.WireServer} holds whatever
 * conversation a test wants, and {@link io.governor.collector.testing.TestAuthority} issues the
 * certificates for both. Nothing here knows the code of the client.
 */
@NullMarked
package io.governor.collector.testing;

import org.jspecify.annotations.NullMarked;
