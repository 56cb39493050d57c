package io.governor.mcp;

import io.governor.Counted;
import io.governor.ToolCall;
import io.governor.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Calls that one request and its answer do not finish: whose server asks for input and waits for
 * the same request again (specification 2026-07-28, multi round-trip requests), or that go on as a
 * task. Of more than {@value #MAX}, or more than 16 MiB of arguments, the oldest are forgotten;
 * what goes on of those is judged as something new. Shared by all conversations of a session. Safe
 * for use by several threads.
 */
final class Unfinished {

  static final int MAX = 10_000;

  private static final long MAX_CHARACTERS = 16 << 20;

  /** What differs between the rounds of one call. */
  private static final Set<String> OF_A_ROUND = Set.of("_meta", "inputResponses", "requestState");

  /**
   * A call that went on.
   *
   * @param call as it was judged
   * @param counted what was settled when it was
   * @param elsewhere whether another seam records its result
   */
  record Started(ToolCall call, Counted counted, boolean elsewhere) {

    /** The call as it is judged once more. */
    ToolCall again() {
      return call.withHint(call.hint().counted(counted));
    }

    /** The call as its result is judged and recorded. */
    ToolCall finishing() {
      return elsewhere ? again() : call.withHint(call.hint().counted(null));
    }
  }

  /** What a server asked for before it goes on, by its own keys. Safe for several threads. */
  static final class Inputs {

    /** As much is remembered of a call: what the server asks for, and characters of it. */
    private static final int MOST = 1000;

    private static final long MOST_CHARACTERS = 1 << 20;

    private record Input(String hash, Started started) {}

    private final Map<String, Input> inputs = new ConcurrentHashMap<>();
    private final AtomicLong characters = new AtomicLong();

    /** It was asked for, and is asked of the client. */
    void asked(String key, Object request, Started started) {
      long weight = weight(started.call()) + key.length();
      if (inputs.size() < MOST && characters.get() + weight <= MOST_CHARACTERS) {
        characters.addAndGet(weight);
        inputs.put(key, new Input(hash(request), started));
      }
    }

    /** The very same request, if it was asked for before. */
    @Nullable Started again(String key, Object request) {
      Input input = inputs.get(key);
      return input != null && input.hash.equals(hash(request)) ? input.started : null;
    }

    /** What the client's response to a key belongs to. */
    @Nullable Started answered(String key) {
      Input input = inputs.get(key);
      return input == null ? null : input.started;
    }

    long characters() {
      return characters.get();
    }
  }

  /** A call whose server waits for it to be made again. */
  record Round(Started started, Inputs inputs) {}

  /** A call that goes on as a task. Safe for use by several threads. */
  static final class Task {

    private final Started started;
    private final @Nullable GovernedMethod governed;
    private final List<String> notes;
    private final Inputs inputs = new Inputs();
    private boolean finished;

    Task(Started started, @Nullable GovernedMethod governed, List<String> notes) {
      this.started = started;
      this.governed = governed;
      this.notes = notes;
    }

    Started started() {
      return started;
    }

    /** What the request was that began it; null when that is not known. */
    @Nullable GovernedMethod governed() {
      return governed;
    }

    /** What the model is to be told beside the result. */
    List<String> notes() {
      return notes;
    }

    Inputs inputs() {
      return inputs;
    }

    /**
     * The call as its result is judged, which may be asked for again: recorded the first time, and
     * then no more.
     */
    synchronized ToolCall result() {
      ToolCall call = finished ? started.again() : started.finishing();
      finished = true;
      return call;
    }
  }

  private record Weighted<T>(T value, long characters) {}

  // All guarded by this; the oldest come first.
  private final Map<String, Weighted<Round>> rounds = new LinkedHashMap<>();
  private final Map<String, Weighted<Task>> tasks = new LinkedHashMap<>();
  private long characters;

  private final CallForms forms = new CallForms();

  /** Calls that wait because their client is asked about them. */
  CallForms forms() {
    return forms;
  }

  /** What all rounds of one call have in common. */
  static String key(String method, Map<String, @Nullable Object> params) {
    Map<String, @Nullable Object> lasting = new LinkedHashMap<>(params);
    lasting.keySet().removeAll(OF_A_ROUND);
    return method + " " + hash(lasting);
  }

  private static String hash(Object tree) {
    try {
      byte[] text = CanonicalJson.text(tree).getBytes(StandardCharsets.US_ASCII);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String withState(String key, @Nullable Object requestState) {
    return key + (requestState == null ? "" : " " + hash(requestState));
  }

  /** The server wants the call once more, with what it asks for. */
  synchronized void waits(String key, @Nullable Object requestState, Round round) {
    long weight = weight(round.started().call()) + round.inputs().characters();
    put(rounds, withState(key, requestState), round, weight);
  }

  /** The call that is made again; null when none is waiting for that. It waits no longer. */
  synchronized @Nullable Round goesOn(String key, @Nullable Object requestState) {
    return remove(rounds, withState(key, requestState));
  }

  /** A call went on as a task of the side that runs it. */
  synchronized void began(Side runs, String taskId, Task task) {
    put(tasks, name(runs, taskId), task, weight(task.started().call()));
  }

  /** A task that a side runs; null when it is not known. */
  synchronized @Nullable Task task(Side runs, String taskId) {
    Weighted<Task> found = tasks.get(name(runs, taskId));
    return found == null ? null : found.value();
  }

  private static String name(Side runs, String taskId) {
    return runs + " " + taskId;
  }

  private static long weight(ToolCall call) {
    String text = call.arguments().text();
    return text == null ? 0 : text.length();
  }

  private <T> void put(Map<String, Weighted<T>> into, String key, T value, long weight) {
    remove(into, key);
    into.put(key, new Weighted<>(value, weight));
    characters += weight;
    while (into.size() > MAX || (characters > MAX_CHARACTERS && into.size() > 1)) {
      remove(into, into.keySet().iterator().next());
    }
  }

  private <T> @Nullable T remove(Map<String, Weighted<T>> from, String key) {
    Weighted<T> found = from.remove(key);
    if (found == null) {
      return null;
    }
    characters -= found.characters();
    return found.value();
  }
}
