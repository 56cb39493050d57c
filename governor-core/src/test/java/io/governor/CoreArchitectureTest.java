package io.governor;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The directions of the house: what core may know, and what it may show. */
@AnalyzeClasses(packages = "io.governor", importOptions = ImportOption.DoNotIncludeTests.class)
class CoreArchitectureTest {

  @ArchTest
  static final ArchRule knowsNoNetwork =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "java.net..", "javax.net..", "com.sun.net..", "java.rmi..", "sun.net..")
                  .or(networkChannels()))
          .because("core contains no network code at all");

  @ArchTest
  static final ArchRule knowsNoFramework =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "io.governor..",
                  "java..",
                  "javax.crypto..",
                  "org.slf4j..",
                  "org.jspecify..",
                  "com.fasterxml.jackson..",
                  "org.snakeyaml.engine..",
                  "com.google.re2j.."));

  @ArchTest
  static final ArchRule showsNoTypeOfALibrary =
      methods()
          .that()
          .areDeclaredInClassesThat()
          .areNotAnonymousClasses()
          .should(showOnlyOurTypes());

  @ArchTest
  static final ArchRule theRecordKnowsNothingOfTraceOrRules =
      noClasses()
          .that(resideInAPackage("io.governor.event.."))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "io.governor.trace..", "io.governor.standard..", "io.governor.analysis.."));

  @ArchTest
  static final ArchRule jsonAndFilesKnowNothingOfUs =
      noClasses()
          .that(resideInAnyPackage("io.governor.json..", "io.governor.file.."))
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.governor..")
                  .and(
                      DescribedPredicate.not(
                          resideInAnyPackage("io.governor.json..", "io.governor.file.."))));

  @ArchTest
  static final ArchRule nothingIsPrinted =
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  private static DescribedPredicate<JavaClass> networkChannels() {
    return DescribedPredicate.describe(
        "socket channels",
        type ->
            type.getPackageName().equals("java.nio.channels") && type.getName().contains("Socket"));
  }

  private static ArchCondition<com.tngtech.archunit.core.domain.JavaMethod> showOnlyOurTypes() {
    return new ArchCondition<>("show no type of a library") {
      @Override
      public void check(
          com.tngtech.archunit.core.domain.JavaMethod method, ConditionEvents events) {
        if (!isShown(method)) {
          return;
        }
        Stream.concat(Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
            .filter(type -> isOfALibrary(type.getPackageName()))
            .forEach(
                type ->
                    events.add(
                        SimpleConditionEvent.violated(
                            method, method.getFullName() + " shows " + type.getName())));
      }
    };
  }

  private static boolean isShown(JavaCodeUnit method) {
    Set<JavaModifier> modifiers = method.getModifiers();
    return method.getOwner().getModifiers().contains(JavaModifier.PUBLIC)
        && (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED));
  }

  private static boolean isOfALibrary(String packageName) {
    return packageName.startsWith("com.fasterxml")
        || packageName.startsWith("org.snakeyaml")
        || packageName.startsWith("com.google.re2j");
  }

  /** At most six jars and 3.0 MB at run time. */
  @org.junit.jupiter.api.Test
  void theRuntimeBudgetIsKept() throws URISyntaxException {
    Set<Path> jars = new TreeSet<>();
    for (Class<?> type :
        List.of(
            com.fasterxml.jackson.databind.ObjectMapper.class,
            com.fasterxml.jackson.core.JsonFactory.class,
            com.fasterxml.jackson.annotation.JsonProperty.class,
            org.snakeyaml.engine.v2.api.Load.class,
            com.google.re2j.Pattern.class,
            org.slf4j.Logger.class)) {
      jars.add(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()));
    }
    assertThat(jars).hasSize(6);
    assertThat(jars.stream().map(Path::toFile).mapToLong(File::length).sum()).isLessThan(3_000_000);
  }
}
