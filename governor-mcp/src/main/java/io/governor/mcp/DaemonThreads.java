package io.governor.mcp;

import java.util.concurrent.ThreadFactory;

/** Threads of ours never keep a process from ending. */
enum DaemonThreads implements ThreadFactory {
  INSTANCE;

  @Override
  public Thread newThread(Runnable work) {
    Thread thread = new Thread(work, "governor-mcp");
    thread.setDaemon(true);
    return thread;
  }
}
