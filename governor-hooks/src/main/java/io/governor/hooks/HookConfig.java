package io.governor.hooks;

import io.governor.config.ConfigException;
import io.governor.config.ConfigFile;
import io.governor.config.ConfigSection;
import io.governor.config.ConfigSetting;
import io.governor.config.ConfigValues;
import io.governor.file.StateRoot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code hooks} of {@code config.yaml}: everything an operator may say about hooks.
 * Nothing of it can be said by a variable, because a coding agent takes variables from the project
 * it works on. Immutable.
 *
 * @param settings what the engine is opened with
 * @param daemonIdle how long the daemon waits for the next call before it ends; PT1S to P31D
 * @param daemonHttp whether the daemon listens on loopback too
 */
public record HookConfig(HookSettings settings, Duration daemonIdle, boolean daemonHttp) {

  /** What a failed hook means, as it is written. */
  enum Failure {
    OPEN,
    CLOSED
  }

  static final ConfigSetting<String> POLICY =
      ConfigSetting.text(
          "policy", "the path of a policy file, relative to the state root", "policy.yaml");

  static final ConfigSetting<Failure> ON_FAILURE =
      ConfigSetting.word(
          "on_failure", Failure.class, "closed where the policy enforces, else open");

  static final ConfigSetting<String> AGENT_ID_PREFIX =
      ConfigSetting.text(
          "agent_id_prefix",
          "what agent ids begin with, at most 4096 characters",
          "the agent's name");

  static final ConfigSetting<Boolean> OWNER_CLAIM = ConfigSetting.flag("owner_claim", true);

  static final ConfigSetting<Duration> IDLE =
      ConfigSetting.duration(
          "daemon.idle", Duration.ofSeconds(1), Duration.ofDays(31), Duration.ofMinutes(30));

  static final ConfigSetting<Boolean> HTTP = ConfigSetting.flag("daemon.http", false);

  /** Everything the section may hold. */
  public static final ConfigSection SECTION =
      new ConfigSection(
          "hooks", List.of(POLICY, ON_FAILURE, AGENT_ID_PREFIX, OWNER_CLAIM, IDLE, HTTP));

  /** What holds without a file. */
  public static final HookConfig DEFAULT =
      new HookConfig(HookSettings.DEFAULT, Duration.ofMinutes(30), false);

  /**
   * What a state root's file says.
   *
   * @throws IOException if the file is there and cannot be read, or others can write it
   * @throws ConfigException if the file is refused; its message says where and why
   */
  public static HookConfig read(Path stateRoot) throws IOException, ConfigException {
    return of(stateRoot, ConfigFile.read(stateRoot).section(SECTION));
  }

  static HookConfig of(Path stateRoot, ConfigValues values) {
    HookSettings settings =
        new HookSettings(
            values.find(AGENT_ID_PREFIX),
            values.get(OWNER_CLAIM),
            policy(stateRoot, values.find(POLICY)),
            onFailure(values.find(ON_FAILURE)));
    return new HookConfig(settings, values.get(IDLE), values.get(HTTP));
  }

  private static @Nullable Path policy(Path stateRoot, @Nullable String written) {
    if (written == null) {
      return null;
    }
    return written.startsWith("~/")
        ? StateRoot.userHome().resolve(written.substring(2))
        : stateRoot.resolve(written);
  }

  private static HookSettings.OnFailure onFailure(@Nullable Failure written) {
    if (written == null) {
      return HookSettings.OnFailure.BY_MODE;
    }
    return written == Failure.OPEN ? HookSettings.OnFailure.OPEN : HookSettings.OnFailure.CLOSED;
  }
}
