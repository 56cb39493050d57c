package io.governor.hooks.install;

import java.util.Map;

/**
 * An HTTP hook of ours as an agent's configuration has it. Immutable; says nothing of its headers,
 * which hold the daemon's token.
 *
 * @param url where the agent sends its payloads
 * @param headers what it sends with them
 * @param failureRefuses whether the agent is told to refuse a call when the hook fails
 */
public record InstalledHttpHook(String url, Map<String, String> headers, boolean failureRefuses) {

  public InstalledHttpHook {
    headers = Map.copyOf(headers);
  }

  /** Whether it says that calls are to be refused where there is no policy. */
  public boolean enforces() {
    return headers.containsKey(HttpHook.ENFORCE);
  }

  @Override
  public String toString() {
    return "InstalledHttpHook[" + url + "]";
  }
}
