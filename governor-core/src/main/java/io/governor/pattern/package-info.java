/** Patterns of the operator, which match in time linear in the text, whoever wrote the text. */
@NullMarked
package io.governor.pattern;

import org.jspecify.annotations.NullMarked;
