/** The program of the README. */
@NullMarked
package io.governor.samples.quickstart;

import org.jspecify.annotations.NullMarked;
