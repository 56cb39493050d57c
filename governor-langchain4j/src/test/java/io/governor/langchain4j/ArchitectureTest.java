package io.governor.langchain4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The adapter knows core and LangChain4j, no network, and none of its siblings. */
@AnalyzeClasses(
    packages = "io.governor.langchain4j",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule KNOWS_CORE_AND_LANGCHAIN4J_ONLY =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.governor",
              "io.governor.detect",
              "io.governor.json",
              "io.governor.langchain4j",
              "io.governor.pattern",
              "io.governor.seam",
              "io.governor.standard",
              // The arguments of an MCP call, in which LangChain4j has them.
              "com.fasterxml.jackson.databind.node",
              "dev.langchain4j..",
              "java.io",
              "java.lang..",
              "java.time..",
              "java.util..",
              "org.slf4j",
              "org.jspecify.annotations");

  @ArchTest
  static final ArchRule NEEDS_NO_MCP_CLASSES_BUT_TO_MARK_MCP_CALLS =
      noClasses()
          .that()
          .doNotHaveSimpleName("MarkedMcpCalls")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.langchain4j.mcp..")
          .orShould()
          .dependOnClassesThat()
          .haveSimpleName("MarkedMcpCalls");

  @ArchTest
  static final ArchRule HAS_NO_NETWORK_CODE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net..", "javax.net..", "java.nio.channels..", "com.sun.net..");

  /** That part of LangChain4j is experimental; {@link GovernedTools} only hands it through. */
  @ArchTest
  static final ArchRule LISTENERS_ARE_KEPT_IN_ONE_PLACE =
      noClasses()
          .that()
          .doNotHaveSimpleName("InvocationListeners")
          .and()
          .doNotHaveSimpleName("GovernedTools")
          .and()
          .doNotHaveSimpleName("GovernedToolsBuilder")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.langchain4j.observability..");

  @ArchTest
  static final ArchRule HAS_NO_PACKAGE_CYCLES =
      slices().matching("io.governor.(**)").should().beFreeOfCycles();
}
