package io.governor.mcp;

import io.governor.Approval;
import io.governor.Decision;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The forms that clients without sessions were shown in the place of a call's result (specification
 * 2026-07-28, multi round-trip requests), until they make the call again. Each is good for one
 * repetition of the very call, through a state that cannot be guessed; of more than {@value #MAX},
 * or more than 64 MiB of calls, the oldest are withdrawn. Shared by all conversations of a session.
 * Safe for use by several threads.
 */
final class CallForms {

  static final int MAX = 1_000;

  private static final long MAX_BYTES = 64L << 20;
  private static final String PREFIX = "governor-";

  /** Bytes of a name that are random, and as many that show that it is ours. */
  private static final int HALF = 16;

  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * A call whose client is asked.
   *
   * @param key by which its client answers the form
   * @param state what the client hands back with it
   * @param about what the repetition must have in common with the call
   * @param call the call, as it goes on
   * @param elsewhere whether another seam records its result
   * @param digest of what the client's user is asked about
   * @param answer what the client's user says
   * @param decided what comes of it
   */
  record Form(
      String key,
      String state,
      String about,
      AskedCall call,
      boolean elsewhere,
      String digest,
      CompletableFuture<Approval> answer,
      CompletableFuture<Decision> decided) {

    /** Whether a repetition tells its server nothing but what the call did, if it is to go on. */
    private boolean isAnswered(@Nullable Object responses, Map<?, ?> others) {
      boolean here = responses instanceof Map<?, ?> map && map.containsKey(key);
      return !here || others.isEmpty() || others.equals(call.responses());
    }

    @Override
    public String toString() {
      return "Form[" + call.size() + " bytes]";
    }
  }

  private final byte[] secret = new byte[32];

  private final Map<String, CompletableFuture<Decision>> undecided = new ConcurrentHashMap<>();

  // Guarded by this; the oldest come first.
  private final Map<String, Form> open = new LinkedHashMap<>();
  private long bytes;

  CallForms() {
    RANDOM.nextBytes(secret);
  }

  /**
   * A form that nobody has been shown yet.
   *
   * @param decided completed when the call is decided
   */
  Form form(
      String about,
      AskedCall call,
      boolean elsewhere,
      String digest,
      CompletableFuture<Decision> decided) {
    return new Form(
        name(), name(), about, call, elsewhere, digest, new CompletableFuture<>(), decided);
  }

  /** It is about to be shown, and waits until its answer is complete. */
  void opened(Form form) {
    undecided.put(form.state(), form.decided());
    CompletionStage<Decision> decided = form.decided();
    decided.whenComplete((decision, failure) -> undecided.remove(form.state()));
    synchronized (this) {
      open.put(form.state(), form);
      bytes += form.call().size();
    }
    CompletionStage<Approval> end = form.answer();
    end.whenComplete((approval, failure) -> closed(form));
    for (Form oldest = surplus(); oldest != null; oldest = surplus()) {
      closed(oldest);
      ClientQuestions.unanswered(oldest.answer());
    }
  }

  /**
   * Withdraws them all, and gives the calls a second to be recorded before their session is closed.
   */
  void close() {
    List<Form> withdrawn;
    synchronized (this) {
      withdrawn = List.copyOf(open.values());
    }
    withdrawn.forEach(form -> ClientQuestions.unanswered(form.answer()));
    CompletableFuture<?>[] decided = undecided.values().toArray(CompletableFuture[]::new);
    CompletionStage<Boolean> all =
        CompletableFuture.allOf(decided)
            .orTimeout(1, TimeUnit.SECONDS)
            .handle((done, late) -> late == null);
    all.toCompletableFuture().join();
  }

  private synchronized @Nullable Form surplus() {
    boolean tooMuch = open.size() > MAX || (bytes > MAX_BYTES && open.size() > 1);
    return tooMuch ? open.values().iterator().next() : null;
  }

  private synchronized void closed(Form form) {
    if (open.remove(form.state(), form)) {
      bytes -= form.call().size();
    }
  }

  /**
   * The form that a call answers: nobody else gets it.
   *
   * @param about what the call has in common with the one that was asked about
   * @param params its parameters
   * @return null when the call is no repetition of one that waits for it
   */
  synchronized @Nullable Form answered(String about, Map<String, @Nullable Object> params) {
    Form form = params.get(AskedCall.STATE) instanceof String state ? open.get(state) : null;
    if (form == null
        || !form.about().equals(about)
        || !form.isAnswered(params.get(AskedCall.RESPONSES), others(params))) {
      return null;
    }
    closed(form);
    return form;
  }

  /** What a client answers that is no answer to a form of ours, old ones included. */
  private Map<Object, @Nullable Object> others(Map<String, @Nullable Object> params) {
    Map<Object, @Nullable Object> others = new LinkedHashMap<>();
    if (params.get(AskedCall.RESPONSES) instanceof Map<?, ?> responses) {
      others.putAll(responses);
      others.keySet().removeIf(this::isOurs);
    }
    return others;
  }

  private String name() {
    byte[] random = new byte[HALF];
    RANDOM.nextBytes(random);
    String unique = HexFormat.of().formatHex(random);
    return PREFIX + unique + sign(unique);
  }

  /** Whether a name was given by this session; the server is not to see it. */
  boolean isOurs(@Nullable Object name) {
    if (!(name instanceof String text)
        || !text.startsWith(PREFIX)
        || text.length() != PREFIX.length() + 4 * HALF) {
      return false;
    }
    String unique = text.substring(PREFIX.length(), PREFIX.length() + 2 * HALF);
    return MessageDigest.isEqual(bytes(PREFIX + unique + sign(unique)), bytes(text));
  }

  private String sign(String unique) {
    try {
      // Of one length, and half of it is kept back: nothing can be hung on to it.
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(secret);
      return HexFormat.of().formatHex(digest.digest(bytes(unique)), 0, HALF);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
