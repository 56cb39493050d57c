/**
 * YAML as located data: a tree in which everything knows its line and column, so that whoever reads
 * a configuration file can say where it is wrong. Start at {@link YamlReader}. Nothing is ever
 * constructed but text, numbers, truth values, lists and mappings.
 */
@NullMarked
package io.governor.yaml;

import org.jspecify.annotations.NullMarked;
