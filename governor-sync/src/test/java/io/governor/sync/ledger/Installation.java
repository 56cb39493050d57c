package io.governor.sync.ledger;

import io.governor.RuleId;
import io.governor.sync.DryRun;
import io.governor.sync.InstallationSecret;
import io.governor.sync.RunOptions;
import io.governor.sync.RunReport;
import io.governor.sync.SyncException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A registered installation, its server and its clock. */
final class Installation {

  static final String ID = "inst_00000000-0000-4000-8000-00000000abcd";
  static final RuleId POL_001 = RuleId.of("POL-001");

  final Path root;
  final Path traces;
  final SimulatedServer server = new SimulatedServer();
  final Disk disk;
  Instant now = Instant.parse("2026-04-15T08:00:00Z");

  Installation(Path root) throws SyncException {
    this(root, Disk.REAL);
  }

  Installation(Path root, Disk disk) throws SyncException {
    this.disk = disk;
    this.root = root.resolve("home");
    this.traces = root.resolve("traces");
    register(ID);
  }

  /** Where there was a state it is another's from now on. */
  void register(String id) throws SyncException {
    new SyncStateFile(root, disk, Duration.ofMillis(1))
        .update(
            found ->
                SyncState.of(id)
                    .withSecret(
                        InstallationSecret.of("sgn_live_0123456789abcdef"),
                        "https://collector.example.org")
                    .withNoiseSeed(() -> "ab".repeat(32)));
  }

  Path trace(String name) {
    return traces.resolve(name);
  }

  Ledger ledger() {
    return new Ledger(root, () -> now, "1.2.3", disk, () -> "ab".repeat(32), Duration.ofMillis(1));
  }

  List<Path> sources() {
    return traces.toFile().exists() ? List.of(traces) : List.of();
  }

  RunReport run() throws SyncException {
    return run(RunOptions.DEFAULT);
  }

  RunReport run(RunOptions options) throws SyncException {
    return ledger().run(options, sources(), state -> server);
  }

  DryRun preview(RunOptions options) throws SyncException {
    return ledger().preview(SyncStateFile.at(root).read(), options, sources());
  }

  /** What the server has of the rule. */
  long sum() {
    return server.sum().of(POL_001);
  }
}
