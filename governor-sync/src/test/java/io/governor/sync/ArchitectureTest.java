package io.governor.sync;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.governor.RuleId;
import java.net.URI;
import java.net.URISyntaxException;

@AnalyzeClasses(packages = "io.governor.sync", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule sync_knows_traces_and_rule_ids_and_neither_an_adapter_nor_the_governor =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideInAPackage("io.governor.sync..")
                  .or(resideInAPackage("io.governor.trace"))
                  .or(resideInAPackage("io.governor.crypt"))
                  .or(resideInAPackage("io.governor.event"))
                  .or(resideInAPackage("io.governor.standard"))
                  .or(resideInAPackage("io.governor.json"))
                  .or(resideInAPackage("io.governor.config"))
                  .or(resideInAPackage("io.governor.file"))
                  .or(resideInAPackage("org.slf4j"))
                  .or(type(RuleId.class))
                  .or(resideInAPackage("java.."))
                  .or(resideInAnyPackage("javax.net.ssl", "javax.security.auth.x500"))
                  .or(resideInAPackage("org.jspecify..")));

  @ArchTest
  static final ArchRule nothing_but_the_transport_could_open_a_connection =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.governor.sync.wire..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "java.net..", "javax.net..", "com.sun.net..", "java.rmi..", "javax.naming..")
                  .and(not(type(URI.class)))
                  .and(not(type(URISyntaxException.class))))
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching("java\\.nio\\.channels\\..*(Socket|Datagram|Network|Asynchronous).*");
}
