package io.governor.cli;

import io.governor.Verdict;
import io.governor.json.JsonWriter;
import io.governor.policy.LoadedPolicy;
import io.governor.policy.PolicyException;
import io.governor.policy.PolicyLoader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code governor check}: judges calls by a policy, one per line of standard input, and answers
 * each on a line of its own as soon as it is there. Nothing is recorded.
 */
@Command(
    name = "check",
    description = {
      "Judge tool calls by a policy: JSON lines in, JSON lines out.",
      "",
      "A line in: {\"id\": 1, \"tool\": \"Bash\", \"arguments\": {\"command\": \"ls\"}}, and"
          + " if need be agent, session, origin, result and time (RFC 3339, from the year 0001"
          + " on and before 9999). A line out: {\"id\": 1,"
          + " \"verdict\": \"allow\", \"enforced\": false, \"rules\": [], \"detections\": [],"
          + " \"risk\": 0}.",
      "",
      "Lines with the same session are calls of one session; a line without one is a session of its"
          + " own, so a limit per session counts nothing there.",
      "",
      "A member whose name is nearly one of these, or that holds an object where there are no"
          + " arguments, is a bad line; any other is passed over, which is told once.",
      ""
    })
final class CheckCommand implements Callable<Integer> {

  private static final int FLUSHED_AT = 1 << 16;

  private final Invocation invocation;
  private final JsonWriter answers = new JsonWriter(2 * FLUSHED_AT);
  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
  private boolean badLines;
  private boolean violations;
  private boolean unheard;
  private boolean passedOverTold;

  @Option(
      names = "--policy",
      paramLabel = "POLICY",
      defaultValue = "starter:coding-agent",
      description =
          "A file, or starter:coding-agent (the default), starter:support-agent or"
              + " starter:data-agent.")
  private String policy = "";

  @Option(names = "--jsonl", required = true, description = "Read and write JSON lines.")
  @SuppressWarnings("UnusedVariable") // the parser alone reads it
  private boolean jsonl;

  CheckCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    LoadedPolicy loaded = load();
    if (loaded == null) {
      return ExitCode.USAGE;
    }
    try (CallChecker checker = new CallChecker(loaded.policy(), invocation.stateRoot())) {
      InputLines lines = new InputLines(invocation.terminal().in(), this::flush);
      for (InputLines.Line line = lines.next(); line != null; line = lines.next()) {
        if (!line.isBlank()) {
          answer(line, checker);
        }
        if (answers.length() >= FLUSHED_AT) {
          flush();
        }
        if (unheard) {
          return ExitCode.LOCAL_IO;
        }
      }
    }
    flush();
    if (unheard) {
      return ExitCode.LOCAL_IO;
    }
    return badLines ? ExitCode.USAGE : violations ? ExitCode.FOUND : ExitCode.DONE;
  }

  private @Nullable LoadedPolicy load() {
    try {
      LoadedPolicy loaded = new PolicySource(policy).load(PolicyLoader.standard());
      PolicySource.tell(invocation.terminal(), policy, loaded.warnings());
      return loaded;
    } catch (PolicyException e) {
      PolicySource.tell(invocation.terminal(), policy, e.problems());
      return null;
    }
  }

  private void answer(InputLines.Line line, CallChecker checker) {
    try {
      CheckedCall checked = CheckedCall.read(text(line));
      tellPassedOver(line, checked);
      CheckAnswer answer = checker.check(checked);
      violations |= answer.verdict() != Verdict.ALLOW;
      answer.write(checked.id(), answers);
    } catch (BadLine e) {
      badLines = true;
      invocation.terminal().complain("line " + line.number() + ": " + e.reason());
    }
  }

  /** Once: who labels one line labels all of them. */
  private void tellPassedOver(InputLines.Line line, CheckedCall checked) {
    if (checked.passedOver() > 0 && !passedOverTold) {
      passedOverTold = true;
      invocation
          .terminal()
          .complain(
              "line "
                  + line.number()
                  + ": column "
                  + checked.passedOver()
                  + ": unknown member, passed over here and in other lines; expected "
                  + CheckedCall.known());
    }
  }

  private String text(InputLines.Line line) throws BadLine {
    byte[] bytes = line.bytes();
    if (bytes == null) {
      throw new BadLine("longer than " + InputLines.MAX_LINE + " bytes");
    }
    try {
      return utf8.decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new BadLine("not valid UTF-8");
    }
  }

  private void flush() {
    PrintStream out = invocation.terminal().out();
    out.write(answers.buffer(), 0, answers.length());
    answers.truncate(0);
    // Whoever reads our answers may be gone; nobody needs the rest then.
    unheard |= out.checkError();
  }
}
