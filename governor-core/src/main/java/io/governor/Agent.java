package io.governor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who the agent is, as the host declares it; recorded in AGENT_REGISTERED (execution record,
 * section 2.2). Immutable. An agent with neither version, vendor, owner nor capabilities counts as
 * unregistered (POL-002).
 *
 * @param id the agent's id; not empty
 * @param version its version, or null
 * @param vendorId who made it, or null
 * @param ownerClaim on whose behalf it runs, or null
 * @param deploymentMode who runs it
 * @param declaredCapabilities what it says it needs, such as {@code crm.read}
 * @param policyContext free text for the record, or null
 */
public record Agent(
    String id,
    @Nullable String version,
    @Nullable String vendorId,
    @Nullable String ownerClaim,
    DeploymentMode deploymentMode,
    List<String> declaredCapabilities,
    @Nullable String policyContext) {

  /**
   * @throws IllegalArgumentException if the id is empty
   */
  public Agent {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("agent id: expected a name, got an empty text");
    }
    declaredCapabilities = List.copyOf(declaredCapabilities);
  }

  /** An agent of which only the id is known. */
  public static Agent named(String id) {
    return new Agent(id, null, null, null, DeploymentMode.VENDOR_MANAGED, List.of(), null);
  }

  public Agent version(String newVersion) {
    return new Agent(
        id, newVersion, vendorId, ownerClaim, deploymentMode, declaredCapabilities, policyContext);
  }

  public Agent vendor(String newVendorId) {
    return new Agent(
        id, version, newVendorId, ownerClaim, deploymentMode, declaredCapabilities, policyContext);
  }

  public Agent owner(@Nullable String newOwnerClaim) {
    return new Agent(
        id, version, vendorId, newOwnerClaim, deploymentMode, declaredCapabilities, policyContext);
  }

  public Agent deployment(DeploymentMode newDeploymentMode) {
    return new Agent(
        id, version, vendorId, ownerClaim, newDeploymentMode, declaredCapabilities, policyContext);
  }

  public Agent capabilities(String... newCapabilities) {
    return new Agent(
        id, version, vendorId, ownerClaim, deploymentMode, List.of(newCapabilities), policyContext);
  }
}
