package io.governor.mcp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.governor.mcp", importOptions = ImportOption.DoNotIncludeTests.class)
class McpArchitectureTest {

  @ArchTest
  static final ArchRule KNOWS_CORE_AND_NO_FRAMEWORK =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.governor",
              "io.governor.detect",
              "io.governor.json",
              "io.governor.mcp",
              "com.sun.net.httpserver",
              "java..",
              "org.slf4j",
              "org.jspecify..");

  @ArchTest
  static final ArchRule NOTHING_HERE_PRINTS_TO_STANDARD_OUTPUT =
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");
}
