package io.governor.spring.boot;

import io.governor.langchain4j.GovernedTools;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.PropertyValue;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.AbstractBeanDefinition;

/**
 * Has each {@code @AiService} made by a factory of ours. LangChain4j's starter defines one factory
 * bean per service, and tells it by properties which model, memory and tools the service gets; the
 * definition keeps all of that and gets another class, before anything is made from it. What a
 * later definition brings past this is stopped when it is made, and at the end of the start.
 *
 * <p>Safe for use by several threads once the application has started.
 */
final class GovernedServices
    implements BeanFactoryPostProcessor, BeanPostProcessor, SmartInitializingSingleton {

  /** LangChain4j's factory of services; not public there. */
  static final String FACTORY = "dev.langchain4j.service.spring.AiServiceFactory";

  private final ServiceCheck check;
  private volatile @Nullable ConfigurableListableBeanFactory beans;

  GovernedServices(ServiceCheck check) {
    this.check = check;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
    beans = factory;
    for (String name : ungoverned(factory)) {
      govern(name, factory.getBeanDefinition(name));
    }
  }

  private void govern(String name, BeanDefinition definition) {
    List<String> unknown = new ArrayList<>();
    for (PropertyValue property : definition.getPropertyValues()) {
      if (!GovernedServiceFactory.PROPERTIES.contains(property.getName())) {
        unknown.add(property.getName());
      }
    }
    if (!unknown.isEmpty() || !(definition instanceof AbstractBeanDefinition changeable)) {
      refuse(name, "its definition has parts that are not known here: " + unknown);
      return;
    }
    changeable.setBeanClass(GovernedServiceFactory.class);
    definition
        .getPropertyValues()
        .add(GovernedServiceFactory.TOOLS, new RuntimeBeanReference(GovernedTools.class))
        .add(GovernedServiceFactory.CHECK, check);
  }

  /** Stops one that was defined too late to be changed, whenever it is made. */
  @Override
  public Object postProcessBeforeInitialization(Object bean, String name) {
    if (bean.getClass().getName().equals(FACTORY)) {
      refuse(name, "it was defined after the others");
    }
    return bean;
  }

  /** Stops one that was made before anything could look at it. */
  @Override
  public void afterSingletonsInstantiated() {
    ConfigurableListableBeanFactory known = beans;
    if (known != null && check.strict()) {
      ungoverned(known).forEach(name -> refuse(name, "it was defined after the others"));
    }
  }

  private static Set<String> ungoverned(ConfigurableListableBeanFactory factory) {
    Set<String> found = new TreeSet<>();
    for (String name : factory.getBeanDefinitionNames()) {
      if (FACTORY.equals(factory.getBeanDefinition(name).getBeanClassName())) {
        found.add(name);
      }
    }
    return found;
  }

  private void refuse(String service, String why) {
    check.refuse("the AI service \"" + service + "\" cannot be governed: " + why, null);
  }
}
