package io.governor.hooks.daemon;

import java.util.concurrent.ThreadFactory;

/** Threads that keep no process alive, by a name that says whose they are. Stateless. */
final class Daemons {

  private Daemons() {}

  static ThreadFactory threads(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
