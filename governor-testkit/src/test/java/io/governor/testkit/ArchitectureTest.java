package io.governor.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Test help knows core, JUnit and AssertJ, and no adapter. */
@AnalyzeClasses(
    packages = "io.governor.testkit",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule KNOWS_CORE_AND_TEST_LIBRARIES_ONLY =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.governor",
              "io.governor.event",
              "io.governor.json",
              "io.governor.testkit",
              "java.io",
              "java.lang..",
              "java.nio.charset",
              "java.time",
              "java.util..",
              "org.assertj..",
              "org.junit.jupiter.api..",
              "org.jspecify.annotations");
}
