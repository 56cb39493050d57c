package io.governor;

import io.governor.file.OwnerOnly;
import io.governor.standard.Profile;
import io.governor.standard.ProfileProblem;
import io.governor.standard.ProfileResolution;
import io.governor.trace.SessionFileName;
import io.governor.trace.SessionSnapshot.ProfileBinding;
import io.governor.trace.TraceDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Profiles from the files of a state root, and the snapshots that keep a running session's profile
 * when its file is edited or deleted (execution record, sections 7.6 and 10.3). Safe for use by
 * several threads; never throws into the host.
 */
final class StateRootProfiles implements SessionProfile.Source {

  private final Path stateRoot;
  private final ProfileResolution resolution;
  private volatile @Nullable Cached cached;

  private record Cached(FileStamp stamp, SessionProfile profile) {}

  /** What tells one state of a file from another; equal for a file that is not there. */
  private record FileStamp(long modified, long size, @Nullable Object key) {
    static FileStamp of(Path file) {
      try {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileStamp(
            attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
            attributes.size(),
            attributes.fileKey());
      } catch (IOException e) {
        return new FileStamp(-1, -1, null);
      }
    }
  }

  StateRootProfiles(Path stateRoot) {
    this.stateRoot = stateRoot;
    this.resolution = ProfileResolution.at(stateRoot);
  }

  /**
   * Sessions open by the thousand and files change by hand: while there are no bindings and the
   * default profile's file is the same, what was read of it last time still holds, and its problems
   * were told.
   */
  @Override
  public SessionProfile resolve(String agentId) {
    if (Files.exists(stateRoot.resolve("resolution.yaml"), LinkOption.NOFOLLOW_LINKS)) {
      return read(agentId);
    }
    FileStamp stamp = FileStamp.of(stateRoot.resolve("profile.yaml"));
    Cached known = cached;
    if (known == null || !known.stamp().equals(stamp)) {
      known = new Cached(stamp, read(agentId));
      cached = known;
    }
    return known.profile();
  }

  private SessionProfile read(String agentId) {
    ProfileResolution.Resolved resolved = resolution.resolve(agentId);
    for (ProfileProblem problem : resolved.problems()) {
      log().warn("profile: {}", problem);
    }
    String source = resolved.source().name().toLowerCase(Locale.ROOT);
    Profile profile = resolved.profile();
    return new SessionProfile(
        profile == null ? Profile.defaults() : profile,
        new ProfileBinding(source, resolved.binding(), hash(profile)));
  }

  /** Without a file behind it a profile leaves no mark, so there is nothing to find it again by. */
  private static @Nullable String hash(@Nullable Profile profile) {
    return profile != null && profile.fromFile() ? profile.contentHash() : null;
  }

  @Override
  public SessionProfile restore(String agentId, String surface, ProfileBinding binding) {
    if (binding.contentHash() == null) {
      return new SessionProfile(Profile.defaults(), binding);
    }
    Profile kept = kept(surface, binding.contentHash());
    return kept == null
        ? resolveAnew(agentId, surface, binding)
        : new SessionProfile(
            kept, new ProfileBinding(binding.source(), binding.pattern(), kept.contentHash()));
  }

  private @Nullable Profile kept(String surface, String contentHash) {
    try (DirectoryStream<Path> snapshots =
        Files.newDirectoryStream(folder(surface), contentHash + "*.json")) {
      for (Path snapshot : snapshots) {
        Profile profile =
            Profile.fromSnapshot(Files.readString(snapshot, StandardCharsets.US_ASCII));
        if (profile.contentHash().startsWith(contentHash)) {
          return profile;
        }
      }
    } catch (IOException | RuntimeException e) {
      log().debug("no snapshot of the session's profile can be read", e);
    }
    return null;
  }

  /** The snapshot is lost; the file as it is now governs, silently when it is still the same. */
  private SessionProfile resolveAnew(String agentId, String surface, ProfileBinding binding) {
    SessionProfile now = resolve(agentId);
    String hash = now.binding().contentHash();
    boolean same = hash != null && hash.startsWith(String.valueOf(binding.contentHash()));
    if (!same) {
      log()
          .warn("profile: the one this session began with is lost; the present one governs it now");
    }
    String source = same ? "rematerialized" : "reresolve";
    SessionProfile settled =
        new SessionProfile(now.profile(), new ProfileBinding(source, binding.pattern(), hash));
    keep(surface, settled);
    return settled;
  }

  @Override
  public void keep(String surface, SessionProfile profile) {
    String hash = profile.binding().contentHash();
    if (hash == null) {
      return;
    }
    Path snapshot = folder(surface).resolve(hash + ".json");
    try {
      if (!Files.exists(snapshot)) {
        OwnerOnly.createDirectories(folder(surface));
        byte[] text = profile.profile().canonicalText().getBytes(StandardCharsets.US_ASCII);
        OwnerOnly.replaceCache(snapshot, text);
      }
    } catch (IOException e) {
      log().debug("the session's profile cannot be kept", e);
    }
  }

  private Path folder(String surface) {
    return TraceDirectory.traces(stateRoot)
        .resolve(SessionFileName.of(surface))
        .resolve("profiles");
  }

  /** Taken when there is something to say: most processes that live for one hook never do. */
  private static Logger log() {
    return Log.LOG;
  }

  private static final class Log {
    static final Logger LOG = LoggerFactory.getLogger(Governor.class);
  }
}
