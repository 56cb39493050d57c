package io.governor.hooks;

import io.governor.Agent;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Intent;
import io.governor.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Puts the payloads of one agent on record (execution record, sections 9.2 and 9.5). Safe for use
 * by several threads.
 */
final class HookRecorder {

  private static final String CAPABILITY = "coding_agent.observe";
  private static final String TRANSCRIPT = "claude_code_transcript";
  private static final int ID_CHARACTERS = 8;

  private final Governor governor;
  private final HookAgent agent;
  private final HookSettings settings;
  private final @Nullable String user;

  /**
   * @param user who runs the agent, or null when that is not known
   */
  HookRecorder(Governor governor, HookAgent agent, HookSettings settings, @Nullable String user) {
    this.governor = governor;
    this.agent = agent;
    this.settings = settings;
    this.user = user;
  }

  /**
   * Records a payload.
   *
   * @throws HookProblem if something about it could not be read; what could be is on record
   */
  void record(HookPayload payload) throws HookProblem {
    GovernedSession session = session(payload);
    HookEvent event = payload.event();
    if (event instanceof HookEvent.BeforeTool before) {
      session.before(before.call());
    } else if (event instanceof HookEvent.AfterTool after) {
      session.after(after.call(), after.result());
    } else if (event instanceof HookEvent.SessionEnd end) {
      end(session, end.turns().read());
    } else if (event instanceof HookEvent.Other) {
      session.start();
    } else if (event instanceof HookEvent.Unreadable unreadable) {
      session.start();
      throw HookProblem.payload(unreadable.problem());
    }
  }

  private GovernedSession session(HookPayload payload) {
    return governor
        .session()
        .id(payload.sessionId())
        .agent(identity(payload))
        .intent(Intent.none(CAPABILITY))
        .origin(Origin.HOOK)
        .surface(agent.agentName())
        .shared()
        .open();
  }

  private Agent identity(HookPayload payload) {
    String id = payload.sessionId();
    int characters = Math.min(ID_CHARACTERS, id.codePointCount(0, id.length()));
    String prefix = settings.agentIdPrefix() == null ? agent.agentName() : settings.agentIdPrefix();
    Agent identity =
        Agent.named(prefix + "-" + id.substring(0, id.offsetByCodePoints(0, characters)))
            .vendor(agent.agentName())
            .owner(settings.ownerClaim() ? user : null)
            .capabilities(CAPABILITY);
    String version = payload.agentVersion();
    return version == null ? identity : identity.version(version);
  }

  private static void end(GovernedSession session, TurnSource.Turns turns) throws HookProblem {
    if (turns.beginRecord()) {
      session.start();
    }
    if (turns.beginRecord() || session.isOnRecord()) {
      session.recordTurns(turns.usages(), TRANSCRIPT);
    }
    session.close();
    if (turns.problem() != null) {
      throw HookProblem.transcript(turns.problem());
    }
  }
}
