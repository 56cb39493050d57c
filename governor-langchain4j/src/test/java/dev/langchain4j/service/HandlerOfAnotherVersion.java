package dev.langchain4j.service;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;

/**
 * Stands for what a version of LangChain4j may put behind its services that nobody has seen yet.
 */
public final class HandlerOfAnotherVersion implements InvocationHandler {
  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) {
    return "";
  }
}
