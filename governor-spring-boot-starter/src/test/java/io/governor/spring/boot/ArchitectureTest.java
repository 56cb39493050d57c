package io.governor.spring.boot;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What this module may know, and what may know what. */
class ArchitectureTest {

  private static final JavaClasses STARTER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.governor.spring.boot");

  @Test
  void knowsNoMoreThanWhatItConnects() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "io.governor..",
            "org.springframework..",
            "dev.langchain4j..",
            "io.micrometer..",
            "io.opentelemetry..",
            "org.slf4j..",
            "org.jspecify..")
        .check(STARTER);
  }

  @Test
  void whatIsOptionalIsKnownInFewPlaces() {
    noClasses()
        .that()
        .haveNameNotMatching(".*\\.(GovernorMeters|GovernorMetricsAutoConfiguration).*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.micrometer..")
        .check(STARTER);
    noClasses()
        .that()
        .haveNameNotMatching(".*\\.(ToolSpans|GovernorTracingAutoConfiguration).*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.opentelemetry..")
        .check(STARTER);
    noClasses()
        .that()
        .haveNameNotMatching(".*\\.(GovernorEndpoint|Governor(Actuator|Health)).*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.springframework.boot.actuate..")
        .check(STARTER);
  }
}
