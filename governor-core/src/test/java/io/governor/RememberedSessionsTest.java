package io.governor;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.standard.SessionState;
import io.governor.trace.SessionSnapshot;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RememberedSessionsTest {

  private static final int MEGABYTE = 1 << 20;

  private final RememberedSessions sessions = new RememberedSessions();

  @Test
  void whatTakesTooMuchMemoryIsForgottenTheLeastRecentlyUsedFirst() {
    sessions.keep("api", "first", snapshot(1, 0));
    sessions.keep("api", "second", snapshot(1, 0));
    for (int i = 0; i < 6; i++) {
      sessions.keep("api", "large-" + i, snapshot(1, MEGABYTE));
    }
    sessions.find("api", "first");
    sessions.keep("api", "large-6", snapshot(1, MEGABYTE));
    assertThat(sessions.find("api", "second")).isNotNull();
    sessions.find("api", "first");
    sessions.keep("api", "large-7", snapshot(1, MEGABYTE));

    assertThat(sessions.find("api", "large-0")).isNull();
    assertThat(sessions.find("api", "large-1")).isNotNull();
    assertThat(sessions.find("api", "first")).isNotNull();
  }

  @Test
  void aSessionThatIsLargerThanAllMayBeCostsNoOtherItsPlace() {
    sessions.keep("api", "small", snapshot(1, 0));
    sessions.keep("api", "large", snapshot(1, 9 * MEGABYTE));

    assertThat(sessions.find("api", "small")).isNotNull();
    assertThat(sessions.find("api", "large")).isNull();
  }

  @Test
  void theStateThatCameFurtherStays() {
    sessions.keep("api", "s-1", snapshot(7, 0));
    sessions.keep("api", "s-1", snapshot(5, 0));

    assertThat(sessions.find("api", "s-1")).isEqualTo(snapshot(7, 0));
    sessions.forget("api", "s-1");
    assertThat(sessions.find("api", "s-1")).isNull();
  }

  private static SessionSnapshot snapshot(long sequence, int characters) {
    return new SessionSnapshot(
        sequence,
        null,
        SessionState.START,
        List.of("x".repeat(characters)),
        List.of(),
        List.of(),
        List.of(),
        false,
        null,
        null,
        new TreeMap<>());
  }
}
