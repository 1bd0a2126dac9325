package io.firesteel;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.ws.rs.GET;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Keeps the features apart, and the outside at the edge. */
final class ArchitectureTest {

  private static final JavaClasses WORKER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("/local/"))
          .importPackages("io.firesteel");

  @Test
  void featuresDoNotDependOnEachOtherInCircles() {
    check(slices().matching("io.firesteel.(*)..").should().beFreeOfCycles());
  }

  @Test
  void theVocabularyKnowsNoFeatureAndNoServer() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.firesteel.job")
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                        "io.firesteel.(*)..", "org.apache.kafka..", "io.fabric8..", "io.quarkus..")
                    .and(
                        com.tngtech.archunit.base.DescribedPredicate.not(
                            resideInAnyPackage(
                                "io.firesteel.job", "io.quarkus.runtime.annotations")))));
  }

  @Test
  void onlyDriverPodsAndTheClusterSideKnowKubernetes() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "io.firesteel.driver..", "io.firesteel.cluster..", "io.firesteel.spec..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8.."));
  }

  @Test
  void decisionsDoNotReadTheClock() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.firesteel.kafka")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC"));
  }

  @Test
  void intakeDecidesWithoutKafkaClientsAndWithoutTheServer() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("io.firesteel.intake.decision", "io.firesteel.intake.request")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.apache.kafka.clients..", "io.quarkus..", "io.smallrye..", "io.micrometer.."));
  }

  @Test
  void namesSayWhatAClassIsFor() {
    check(
        noClasses()
            .should()
            .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
            .orShould()
            .haveNameMatching(".*\\.(Base|Abstract)[A-Z]\\w*"));
  }

  @Test
  void endpointsArePublicSinceOthersAreIgnoredInSilence() {
    check(methods().that().areAnnotatedWith(GET.class).should().bePublic());
  }

  private static void check(ArchRule rule) {
    rule.check(WORKER);
  }
}
