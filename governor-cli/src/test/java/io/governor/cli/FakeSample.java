package io.governor.cli;

import io.governor.file.StateRoot;
import java.io.IOException;

/** Stands in for the sample agent in {@link DemoTest}; run as a program of its own. */
public final class FakeSample {

  private FakeSample() {}

  public static void main(String[] args) throws IOException {
    System.out.println("The transcript of a governed run.");
    System.err.println("What the sample logs.");
    StateRoots.make("support", StateRoot.locate());
  }
}
