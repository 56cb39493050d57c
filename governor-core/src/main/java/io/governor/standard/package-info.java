/**
 * The five standard rules POL-001..POL-005 and the profile that tunes them (execution record,
 * sections 6 and 7).
 */
@NullMarked
package io.governor.standard;

import org.jspecify.annotations.NullMarked;
