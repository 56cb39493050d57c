package io.governor.benchmarks;

import java.util.SortedSet;

/**
 * Something that decides about calls by the rules of a policy: Governor, or a peer with the same
 * rules in its own words. Used by one thread.
 *
 * @param <Q> a call in the form that is cheapest to judge, made before anything is measured
 */
interface Judge<Q> extends AutoCloseable {

  /** The call as the judge wants it. */
  Q request(GeneratedCall call);

  /** Whether a rule matches, which is what is measured. */
  boolean refuses(Q request);

  @Override
  default void close() {}

  /** A judge that asks every rule and can name those that match. */
  interface Naming<Q> extends Judge<Q> {

    /** The ids of the rules that match. */
    SortedSet<String> matching(Q request);
  }
}
