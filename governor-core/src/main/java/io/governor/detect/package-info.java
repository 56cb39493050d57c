/**
 * Finds secrets and personal data in text, counts them, and takes them out.
 *
 * <p>Start with {@link io.governor.detect.Detectors}: the set of detectors, scanned in one pass
 * whatever their number. {@link io.governor.detect.Detections} says what a tree of arguments
 * contains, {@link io.governor.detect.Redactor} rewrites it. The formats of tokens are rows of the
 * file {@code token-formats.txt} beside this package.
 */
@NullMarked
package io.governor.detect;

import org.jspecify.annotations.NullMarked;
