package io.governor;

/**
 * A person's answer. Immutable.
 *
 * @param allowed whether the call may run
 * @param digest the digest of the arguments the person saw, see {@link ApprovalRequest#digest()}
 * @param by through what the person was asked, one word for the record
 */
public record Approval(boolean allowed, String digest, String by) {

  /** The word of an approver that says nothing else. */
  public static final String APPROVER = "approver";

  /** The most characters of the word. */
  private static final int LONGEST = 32;

  /**
   * @throws IllegalArgumentException if the word is not 1 to 32 lower-case letters
   */
  public Approval {
    if (by.isEmpty() || by.length() > LONGEST || !by.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
      throw new IllegalArgumentException("by: expected 1 to " + LONGEST + " lower-case letters");
    }
  }

  /** An answer through an approver. */
  public Approval(boolean allowed, String digest) {
    this(allowed, digest, APPROVER);
  }
}
