package io.governor.spring.boot;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import dev.langchain4j.service.tool.ToolExecutor;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.util.ReflectionUtils;

/**
 * The tools of an object that Spring has put a proxy around. The annotations are on the class
 * behind the proxy, and calls go through it, so that its transactions and aspects apply. As with
 * LangChain4j's own starter, a method that the proxy does not have is no tool.
 */
final class ProxiedTools {

  private static final Logger LOG = LoggerFactory.getLogger(ProxiedTools.class);

  private ProxiedTools() {}

  static Map<ToolSpecification, ToolExecutor> of(Object proxy) {
    Map<ToolSpecification, ToolExecutor> tools = new LinkedHashMap<>();
    for (Method declared : AopProxyUtils.ultimateTargetClass(proxy).getDeclaredMethods()) {
      if (!declared.isAnnotationPresent(Tool.class)) {
        continue;
      }
      Method proxied =
          ReflectionUtils.findMethod(
              proxy.getClass(), declared.getName(), declared.getParameterTypes());
      if (proxied == null) {
        LOG.warn(
            "the tool method {} is not on the proxy around its object, and no model is offered it",
            declared.getName());
      } else {
        tools.put(
            ToolSpecifications.toolSpecificationFrom(declared),
            new DefaultToolExecutor(proxy, declared, proxied));
      }
    }
    return tools;
  }
}
