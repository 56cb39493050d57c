package io.governor;

import io.governor.standard.Profile;
import io.governor.trace.SessionSnapshot.ProfileBinding;
import org.jspecify.annotations.Nullable;

/**
 * The profile that governs a session from its registration to its end.
 *
 * @param profile the profile; the defaults when there is none
 * @param binding how it was found, as the session's state keeps it
 */
record SessionProfile(Profile profile, ProfileBinding binding) {

  /** No profile: its defaults have no effect and leave no mark. */
  static final SessionProfile NONE =
      new SessionProfile(Profile.defaults(), new ProfileBinding("none", null, null));

  /**
   * What AGENT_REGISTERED says about how it was found: {@code bound} or {@code degraded}, else
   * null.
   */
  @Nullable String resolution() {
    return binding.pattern() == null ? null : binding.source();
  }

  @Nullable String fingerprint() {
    return profile.fingerprint().orElse(null);
  }

  /**
   * Where sessions get their profile. Safe for use by several threads; never throws into the host.
   */
  interface Source {

    /** The profile for a session that registers now. */
    SessionProfile resolve(String agentId);

    /** The profile of a session that registered earlier, perhaps in another process. */
    SessionProfile restore(String agentId, String surface, ProfileBinding binding);

    /** Keeps what {@link #restore} will need. */
    void keep(String surface, SessionProfile profile);

    /** One profile for every session. */
    static Source of(Profile profile) {
      SessionProfile fixed = new SessionProfile(profile, new ProfileBinding("default", null, null));
      return new Source() {
        @Override
        public SessionProfile resolve(String agentId) {
          return fixed;
        }

        @Override
        public SessionProfile restore(String agentId, String surface, ProfileBinding binding) {
          return fixed;
        }

        @Override
        public void keep(String surface, SessionProfile profile) {}
      };
    }
  }
}
