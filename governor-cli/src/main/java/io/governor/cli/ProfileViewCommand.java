package io.governor.cli;

import io.governor.json.CanonicalJson;
import io.governor.json.JsonProblem;
import io.governor.standard.LoadedProfile;
import io.governor.standard.Profile;
import io.governor.standard.ProfileLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code governor profile view}: what a profile comes to, defaults included. */
@Command(name = "view", description = "Show what a profile comes to, defaults included.")
final class ProfileViewCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The profile; the one in the state root otherwise.")
  private @Nullable Path file;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  ProfileViewCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Path viewed = file == null ? invocation.stateRoot().resolve(ProfileState.PROFILE) : file;
    boolean absent = file == null && Files.notExists(viewed, LinkOption.NOFOLLOW_LINKS);
    Profile profile = absent ? Profile.defaults() : load(viewed);
    Terminal terminal = invocation.terminal();
    if (json) {
      terminal.answer(Json.text(json(viewed, absent, profile)) + "\n");
    } else {
      terminal.answer(lines(viewed, absent, profile));
    }
    return ExitCode.DONE;
  }

  private Profile load(Path viewed) {
    LoadedProfile loaded = ProfileLoader.load(viewed);
    ProfileState.tell(invocation.terminal(), loaded.problems());
    Profile profile = loaded.profile();
    if (profile == null) {
      throw CommandFailure.usage("the profile is not ready, sessions run without it");
    }
    return profile;
  }

  private static List<String> lines(Path viewed, boolean absent, Profile profile) {
    Facts facts = new Facts();
    facts.add("File", absent ? viewed + " (not there, the defaults apply)" : viewed);
    facts.add("Fingerprint", profile.fingerprint().orElse("none"));
    facts.add("Content hash", profile.contentHash());
    List<String> lines = new ArrayList<>(facts.lines());
    lines.add("");
    Facts settings = new Facts();
    settings(profile)
        .forEach(
            (name, value) -> {
              if (value instanceof Map<?, ?> section) {
                section.forEach((key, each) -> settings.add(name + "." + key, Json.text(each)));
              } else {
                settings.add(name, Json.text(value));
              }
            });
    lines.addAll(settings.lines());
    return lines;
  }

  private static Map<String, @Nullable Object> settings(Profile profile) {
    Map<String, @Nullable Object> settings = new LinkedHashMap<>();
    try {
      Object data = CanonicalJson.parse(profile.canonicalText());
      if (data instanceof Map<?, ?> members) {
        members.forEach((name, value) -> settings.put(String.valueOf(name), value));
      }
    } catch (JsonProblem e) {
      throw new IllegalStateException("a profile's canonical text is JSON", e);
    }
    return settings;
  }

  private static Map<String, @Nullable Object> json(Path viewed, boolean absent, Profile profile) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("file", viewed.toString());
    json.put("present", !absent);
    json.put("fingerprint", profile.fingerprint().orElse(null));
    json.put("content_hash", profile.contentHash());
    json.put(
        "profile", new Json.Written(profile.canonicalText().getBytes(StandardCharsets.US_ASCII)));
    return json;
  }
}
