/**
 * The one file for everything that is not a rule: {@code config.yaml} under the state root, with a
 * section per module. Each module owns its section: it declares a {@link
 * io.governor.config.ConfigSection} and reads it from the {@link io.governor.config.ConfigFile}.
 */
@NullMarked
package io.governor.config;

import org.jspecify.annotations.NullMarked;
