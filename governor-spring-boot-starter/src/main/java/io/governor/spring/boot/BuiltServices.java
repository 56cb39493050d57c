package io.governor.spring.boot;

import io.governor.langchain4j.GovernedTools;
import java.lang.reflect.Proxy;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.PriorityOrdered;

/**
 * Checks every bean that is an AI service or an agent of LangChain4j, whoever built it: at the end
 * of the start, because the governor itself may need such a bean, for an approver say; and what is
 * made later, when it is made. It comes before what puts proxies around beans, and looks through
 * those that a bean was declared with. Safe for use by several threads.
 */
final class BuiltServices
    implements BeanPostProcessor, PriorityOrdered, BeanFactoryAware, SmartInitializingSingleton {

  private final ObjectProvider<GovernedTools> tools;
  private final ServiceCheck check;
  private @Nullable ConfigurableListableBeanFactory beans;

  // Guarded by this; null once the start is over. By identity, as a service may be asked nothing.
  private @Nullable IdentityHashMap<Object, String> waiting = new IdentityHashMap<>();

  BuiltServices(ObjectProvider<GovernedTools> tools, ServiceCheck check) {
    this.tools = tools;
    this.check = check;
  }

  @Override
  public void setBeanFactory(BeanFactory factory) {
    beans = (ConfigurableListableBeanFactory) factory;
  }

  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    Object service = target(bean);
    if (isService(service) && !waits(service, name)) {
      check(service, name);
    }
    return bean;
  }

  /** Those too that were made before this was, or are no work of the factory's. */
  @Override
  public void afterSingletonsInstantiated() {
    ConfigurableListableBeanFactory known = beans;
    if (known != null) {
      for (String name : known.getSingletonNames()) {
        Object bean = known.getSingleton(name);
        if (bean != null) {
          postProcessAfterInitialization(bean, name);
        }
      }
    }
    waited().entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(each -> check(each.getKey(), each.getValue()));
  }

  private void check(Object service, String name) {
    tools.orderedStream().forEach(each -> check.check(each, name, service));
  }

  private synchronized boolean waits(Object service, String name) {
    if (waiting != null) {
      waiting.putIfAbsent(service, name);
    }
    return waiting != null;
  }

  private synchronized IdentityHashMap<Object, String> waited() {
    IdentityHashMap<Object, String> services = waiting == null ? new IdentityHashMap<>() : waiting;
    waiting = null;
    return services;
  }

  private static Object target(Object bean) {
    Object target = bean;
    for (Object within = bean; within != null; within = AopProxyUtils.getSingletonTarget(within)) {
      target = within;
    }
    return target;
  }

  /** Whatever LangChain4j makes proxies of can have tools. */
  private static boolean isService(Object bean) {
    return Proxy.isProxyClass(bean.getClass())
        && Proxy.getInvocationHandler(bean).getClass().getName().startsWith("dev.langchain4j.");
  }
}
