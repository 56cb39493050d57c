/**
 * The local trace: the directory it lives in, the writer, the reader, and the hash chain (execution
 * record, sections 3, 10 and 11).
 */
@NullMarked
package io.governor.trace;

import org.jspecify.annotations.NullMarked;
