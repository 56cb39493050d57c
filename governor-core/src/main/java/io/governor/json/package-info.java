/**
 * JSON as the execution record spells it: one fixed text form, the size measure, and a strict
 * reader for input that decides.
 */
@NullMarked
package io.governor.json;

import org.jspecify.annotations.NullMarked;
