package io.governor.spring.boot;

import dev.langchain4j.service.tool.ToolProvider;
import io.governor.langchain4j.GovernedTools;
import java.lang.reflect.Method;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * Governs beans that are declared as {@link ToolProvider}, for services that are built by hand from
 * them. A bean that is declared as a class of its own keeps it, for it may be asked for by that
 * class; where an {@code @AiService} uses it, it is governed there.
 */
final class GovernedProviders implements BeanPostProcessor, BeanFactoryAware {

  private final ObjectProvider<GovernedTools> tools;
  private @Nullable ConfigurableListableBeanFactory beans;

  GovernedProviders(ObjectProvider<GovernedTools> tools) {
    this.tools = tools;
  }

  @Override
  public void setBeanFactory(BeanFactory factory) {
    beans = (ConfigurableListableBeanFactory) factory;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof ToolProvider provider && isDeclaredAsProvider(name)
        ? tools.getObject().provider(provider)
        : bean;
  }

  private boolean isDeclaredAsProvider(String name) {
    ConfigurableListableBeanFactory known = Objects.requireNonNull(beans, "bean factory");
    if (!known.containsBeanDefinition(name)
        || !(known.getMergedBeanDefinition(name) instanceof RootBeanDefinition definition)) {
      return false;
    }
    Method maker = definition.getResolvedFactoryMethod();
    return maker != null && maker.getReturnType() == ToolProvider.class;
  }
}
