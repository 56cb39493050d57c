package io.governor.standard;

import io.governor.pattern.LinearPattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a profile's data means, malformed values replaced by their defaults (execution record,
 * section 7.1).
 *
 * @param schemaVersion null when the data has no integer there
 */
record ProfileSettings(
    @Nullable Long schemaVersion,
    DemandAt demandAt,
    TaskBoundary boundary,
    List<LinearPattern> tools,
    List<OperationRule> operations) {

  ProfileSettings {
    tools = List.copyOf(tools);
    operations = List.copyOf(operations);
  }
}
