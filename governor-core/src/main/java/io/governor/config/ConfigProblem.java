package io.governor.config;

import io.governor.yaml.KeyPath;
import io.governor.yaml.Place;

/**
 * Something wrong with a configuration file. Immutable.
 *
 * @param place line and column in the file, from 1
 * @param path the way to it through the document
 * @param message what is wrong and what would be accepted, in one sentence; never a value
 */
public record ConfigProblem(Place place, KeyPath path, String message) {}
