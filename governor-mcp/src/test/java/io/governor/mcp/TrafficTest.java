package io.governor.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Mode;
import io.governor.Origin;
import io.governor.Rule;
import io.governor.testkit.RecordingTraceSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever two sides say to each other arrives as it was said, and each request has one answer. */
class TrafficTest {

  private static final int EXCHANGES = 10_000;

  private static final String[] CLIENT_METHODS = {
    "tools/call",
    "tools/list",
    "resources/read",
    "prompts/get",
    "completion/complete",
    "ping",
    "logging/setLevel",
    "resources/subscribe",
    "tasks/get",
    "server/discover",
    "method/of/tomorrow"
  };
  private static final String[] SERVER_METHODS = {
    "sampling/createMessage", "elicitation/create", "roots/list", "ping", "method/of/tomorrow"
  };
  private static final String[] TOLD = {
    "notifications/progress",
    "notifications/message",
    "notifications/tools/list_changed",
    "notifications/of/tomorrow",
    "notifications/initialized"
  };

  private final SplittableRandom random = Seeds.random();
  private final RandomJson json = new RandomJson(random);
  private final Governor governor =
      Governor.builder()
          .trace(new RecordingTraceSink())
          .rules(
              Rule.named("ACME-101").tools("mcp__box__denied").mode(Mode.ENFORCE).deny(),
              Rule.named("ACME-102").tools("mcp__box__*").onResult().mode(Mode.OBSERVE).deny())
          .build();
  private final GovernedSession session = governor.session().origin(Origin.MCP).open();
  private final Conversation conversation =
      new Conversation(session, new ServerTools("box"), false);
  private final List<Asked> open = new ArrayList<>();
  private int ids;
  private int answers;

  private record Asked(Side by, String rawId, String answer) {}

  @Test
  void arrivesAsItWasSaidAndIsAnsweredOnce() {
    for (int i = 0; i < EXCHANGES; i++) {
      switch (random.nextInt(10)) {
        case 0 -> told(side());
        case 1 -> batch(side());
        case 2 -> denied();
        default -> ask(side());
      }
      while (!open.isEmpty() && random.nextInt(5) > 1) {
        answered(open.remove(random.nextInt(open.size())));
      }
    }
    int requests = ids;
    while (!open.isEmpty()) {
      answered(open.remove(0));
    }
    assertThat(answers).isEqualTo(requests);
    assertThat(conversation.gone(Side.SERVER)).isEmpty();
    assertThat(conversation.gone(Side.CLIENT)).isEmpty();
  }

  private Side side() {
    return random.nextInt(4) == 0 ? Side.SERVER : Side.CLIENT;
  }

  private void ask(Side by) {
    arrives(by, request(by));
  }

  private String request(Side by) {
    String rawId = id();
    String method =
        by == Side.CLIENT
            ? CLIENT_METHODS[random.nextInt(CLIENT_METHODS.length)]
            : SERVER_METHODS[random.nextInt(SERVER_METHODS.length)];
    String params =
        method.equals("tools/call")
            ? "{"
                + "\"na\\u006de\":\"read\","
                + blank()
                + "\"arguments\":{\"x\":"
                + json.text(3)
                + "}}"
            : "{\"_meta\":{\"progressToken\":" + rawId + "},\"x\":" + json.text(2) + "}";
    open.add(new Asked(by, rawId, answerTo(rawId)));
    return message("\"id\":" + rawId, "\"method\":\"" + method + "\"", "\"params\":" + params);
  }

  private String answerTo(String rawId) {
    String said =
        switch (random.nextInt(3)) {
          case 0 ->
              "\"error\":{\"code\":-32000.0,\"message\":\"\\u006e\",\"data\":" + json.text(2) + "}";
          case 1 ->
              "\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"\\u0041 1.50\"}],\"y\":"
                  + json.text(2)
                  + "}";
          default -> "\"result\":" + json.text(3);
        };
    return message("\"id\":" + rawId, said, "\"x-extra\":" + json.text(1));
  }

  private void answered(Asked asked) {
    answers++;
    arrives(asked.by().other(), asked.answer());
    assertThat(pass(asked.by().other(), asked.answer()))
        .as("a second answer under %s", asked.rawId())
        .isEqualTo(Passage.NOTHING);
  }

  private void told(Side by) {
    arrives(
        by,
        message(
            "\"method\":\"" + TOLD[random.nextInt(TOLD.length)] + "\"",
            "\"params\":{\"x\":" + json.text(2) + "}"));
  }

  private void batch(Side by) {
    int from = open.size();
    String frame = "[" + blank() + request(by) + "," + blank() + request(by) + "]" + blank();
    arrives(by, frame);
    if (random.nextBoolean()) {
      List<Asked> asked = List.copyOf(open.subList(from, open.size()));
      open.removeAll(asked);
      answers += asked.size();
      arrives(by.other(), "[" + asked.get(1).answer() + "," + asked.get(0).answer() + "]");
    }
  }

  private void denied() {
    String rawId = id();
    Passage passage =
        pass(
            Side.CLIENT,
            message(
                "\"id\":" + rawId,
                "\"method\":\"tools/call\"",
                "\"params\":{\"name\":\"denied\"}"));

    assertThat(passage.onward()).isNull();
    assertThat(passage.back()).hasSize(1);
    assertThat(new String(passage.back().get(0), StandardCharsets.UTF_8))
        .startsWith("{\"jsonrpc\":\"2.0\",\"id\":" + rawId + ",\"result\"");
    answers++;
  }

  private void arrives(Side by, String frame) {
    Passage passage = pass(by, frame);

    assertThat(passage.back()).as("of %s", frame).isEmpty();
    assertThat(passage.onward())
        .as("of %s", frame)
        .isEqualTo(frame.getBytes(StandardCharsets.UTF_8));
  }

  private Passage pass(Side by, String frame) {
    return conversation
        .pass(by, frame.getBytes(StandardCharsets.UTF_8))
        .toCompletableFuture()
        .join();
  }

  private String id() {
    int id = ids++;
    return switch (random.nextInt(4)) {
      case 0 -> "\"" + id + "\"";
      case 1 -> id + ".0";
      case 2 -> "\"\\u0069" + id + "\"";
      default -> Integer.toString(id);
    };
  }

  private String blank() {
    return random.nextInt(3) == 0 ? " \t" : "";
  }

  private String message(String... members) {
    List<String> all = new ArrayList<>(List.of(members));
    all.add(random.nextInt(all.size() + 1), "\"jsonrpc\":\"2.0\"");
    StringBuilder text = new StringBuilder(blank() + "{");
    for (int i = 0; i < all.size(); i++) {
      text.append(i == 0 ? "" : ",").append(blank()).append(all.get(i));
    }
    return text.append(blank()).append("}").toString();
  }
}
