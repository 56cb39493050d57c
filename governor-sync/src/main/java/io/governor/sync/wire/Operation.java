package io.governor.sync.wire;

/** What a request asks of the server. */
enum Operation {
  SYNC("counts"),
  REGISTER("registration"),
  UPDATE_CHECK("question");

  private final String carried;

  Operation(String carried) {
    this.carried = carried;
  }

  /** What the request carries, as people call it. */
  String carried() {
    return carried;
  }

  /**
   * Whether it may be sent again when nobody can tell whether the server took it. Counts for a
   * window count once; a registration whose secret went astray would be answered with a refusal.
   */
  boolean isRepeatable() {
    return this != REGISTER;
  }
}
