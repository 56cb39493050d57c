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
          .that()
          .resideOutsideOfPackages("io.governor.mcp.sdk..", "io.governor.mcp.langchain4j..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.governor",
              "io.governor.detect",
              "io.governor.json",
              "io.governor.file",
              "io.governor.mcp..",
              "io.governor.pattern",
              "io.governor.seam",
              "io.governor.trace",
              "com.sun.net.httpserver",
              "java..",
              "org.slf4j",
              "org.jspecify..");

  @ArchTest
  static final ArchRule THE_WRAPPERS_OF_THE_JAVA_SDK_KNOW_IT_AND_THE_MODULE =
      classes()
          .that()
          .resideInAPackage("io.governor.mcp.sdk..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.governor",
              "io.governor.json",
              "io.governor.mcp",
              "io.governor.mcp.sdk",
              "io.modelcontextprotocol..",
              "java..",
              "org.jspecify..",
              "org.slf4j",
              "reactor.core..");

  @ArchTest
  static final ArchRule THE_WRAPPER_OF_LANGCHAIN4J_KNOWS_ITS_CLIENT_AND_THE_MODULE =
      classes()
          .that()
          .resideInAPackage("io.governor.mcp.langchain4j..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.governor",
              "io.governor.mcp",
              "io.governor.mcp.langchain4j",
              "com.fasterxml.jackson..",
              "dev.langchain4j.mcp..",
              "dev.langchain4j.invocation",
              "java..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule NOTHING_ELSE_NEEDS_THE_WRAPPERS =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.governor.mcp.sdk..", "io.governor.mcp.langchain4j..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.governor.mcp.sdk..", "io.governor.mcp.langchain4j..");

  @ArchTest
  static final ArchRule NOTHING_HERE_PRINTS_TO_STANDARD_OUTPUT =
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");
}
