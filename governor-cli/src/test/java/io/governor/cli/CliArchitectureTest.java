package io.governor.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which way the command looks. */
@AnalyzeClasses(packages = "io.governor", importOptions = ImportOption.DoNotIncludeTests.class)
class CliArchitectureTest {

  @ArchTest
  static final ArchRule knowsNoAgentFramework =
      noClasses()
          .that()
          .resideInAPackage("io.governor.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.langchain4j..", "io.governor.langchain4j..", "io.modelcontextprotocol..");

  @ArchTest
  static final ArchRule opensNoConnection =
      noClasses()
          .that()
          .resideInAPackage("io.governor.cli..")
          .and()
          // It reads the addresses that the operator names, and hands them to the proxy.
          .doNotHaveSimpleName("McpProxyCommand")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net..", "javax.net..");

  @ArchTest
  static final ArchRule nobodyDependsOnTheCommand =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.governor.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.governor.cli..");

  @ArchTest
  static final ArchRule showsOneDoor =
      classes()
          .that()
          .resideInAPackage("io.governor.cli")
          .and()
          .doNotHaveSimpleName("GovernorCommand")
          .and()
          .doNotHaveSimpleName("package-info")
          .should()
          .notBePublic();
}
