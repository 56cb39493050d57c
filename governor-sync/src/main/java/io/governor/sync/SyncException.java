package io.governor.sync;

/**
 * Why nothing could be counted or sent. The message is one sentence for the person who asked: what
 * is wrong, where, and what would be accepted. It may quote what that person wrote (a window, a
 * path), never what stands in a trace.
 */
public final class SyncException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What kind of trouble it is; a command turns it into its exit code. */
  public enum Kind {
    /**
     * Something that was asked for cannot be used: a window of a wrong form, a path to nothing, a
     * trace that cannot be read.
     */
    INPUT,
    /** A file of the installation's state is not readable, or holds what it should not. */
    LOCAL_FILES,
    /** The installation is not registered, and only a registered one may do this. */
    NOT_REGISTERED,
    /** The server knows neither the installation nor its secret, or does not let it do this. */
    AUTHORIZATION,
    /** The server could not be reached or trusted, or did not answer as it should. */
    NETWORK
  }

  /**
   * What is known about a request that failed; whatever it is, the same bytes may be sent again.
   */
  public enum Delivery {
    /** No byte of the request left this process: the server cannot have taken it. */
    NOT_SENT,
    /** The server answered, and its answer says that it did not take it. */
    REFUSED,
    /** It was sent, and nobody can tell whether the server took it. */
    UNKNOWN
  }

  private final Kind kind;
  private final Delivery delivery;
  private final int attempts;

  private SyncException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.delivery = Delivery.NOT_SENT;
    this.attempts = 0;
  }

  private SyncException(Kind kind, String message) {
    this(kind, Delivery.NOT_SENT, 0, message);
  }

  private SyncException(Kind kind, Delivery delivery, int attempts, String message) {
    super(message);
    this.kind = kind;
    this.delivery = delivery;
    this.attempts = attempts;
  }

  /** Something that was asked for cannot be used. */
  public static SyncException input(String message) {
    return new SyncException(Kind.INPUT, message);
  }

  /** Something that was asked for cannot be used. */
  public static SyncException input(String message, Throwable cause) {
    return new SyncException(Kind.INPUT, message, cause);
  }

  /** A file cannot be read, or holds what it should not. */
  public static SyncException localFiles(String message) {
    return new SyncException(Kind.LOCAL_FILES, message);
  }

  /** A file cannot be read, or holds what it should not. */
  public static SyncException localFiles(String message, Throwable cause) {
    return new SyncException(Kind.LOCAL_FILES, message, cause);
  }

  /** Only a registered installation may do this. */
  public static SyncException notRegistered(String message) {
    return new SyncException(Kind.NOT_REGISTERED, message);
  }

  /**
   * For a transport: what came of an exchange with the server.
   *
   * @param kind {@code AUTHORIZATION} or {@code NETWORK}
   * @param attempts how often it was tried; 0 when it was refused before anybody was asked
   * @param message one sentence that holds nothing the server said and no secret
   */
  public static SyncException exchange(Kind kind, Delivery delivery, int attempts, String message) {
    return new SyncException(kind, delivery, attempts, message);
  }

  /** What kind of trouble it is. */
  public Kind kind() {
    return kind;
  }

  /** What is known about the request; {@code NOT_SENT} when there was none. */
  public Delivery delivery() {
    return delivery;
  }

  /** How often the request was tried; 0 when it was not. */
  public int attempts() {
    return attempts;
  }
}
