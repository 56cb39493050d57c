package io.governor.hooks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.governor.hooks..",
    importOptions = ImportOption.DoNotIncludeTests.class)
class HooksArchitectureTest {

  @ArchTest
  static final ArchRule hooksKnowCoreAndNothingElse =
      classes()
          .that()
          .resideOutsideOfPackage("io.governor.hooks.daemon")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.governor",
              "io.governor.config",
              "io.governor.detect",
              "io.governor.event",
              "io.governor.file",
              "io.governor.hooks..",
              "io.governor.json",
              "io.governor.shell",
              "com.fasterxml.jackson.core",
              "java.io",
              "java.lang..",
              "java.nio.charset",
              "java.nio",
              "java.nio.file..",
              "java.security",
              "java.time",
              "java.util..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule onlyTheTranscriptReaderKnowsHowJsonIsRead =
      noClasses()
          .that()
          .haveNameNotMatching(".*TranscriptLine.*")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml..");

  @ArchTest
  static final ArchRule onlyTheDaemonListensAndNothingConnectsElsewhere =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.governor.hooks.daemon")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net..", "javax.net..", "java.nio.channels..", "com.sun.net..");

  @ArchTest
  static final ArchRule onlyOneClassOpensATcpPort =
      noClasses()
          .that()
          .doNotHaveSimpleName("HttpHooks")
          .and()
          // Asks what the class before it listens on, for the doctor.
          .haveNameNotMatching(".*\\.LoopbackClient(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.net\\.(Inet.*|Socket|ServerSocket|Datagram.*|Http.*)|java\\.net\\.http\\..*|com\\.sun\\.net\\..*");

  @ArchTest
  static final ArchRule judgingDoesNotKnowWhoAsks =
      noClasses()
          .that()
          .resideInAPackage("io.governor.hooks")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.governor.hooks.daemon");

  @ArchTest
  static final ArchRule nothingHerePrintsToStandardOutput =
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");
}
