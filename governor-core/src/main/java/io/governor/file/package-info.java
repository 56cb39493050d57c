/**
 * Files as a governor needs them: owner-only from the first instant, atomic replacement, names that
 * cannot escape their folder.
 */
@NullMarked
package io.governor.file;

import org.jspecify.annotations.NullMarked;
