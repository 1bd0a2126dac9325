package io.firesteel;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.ws.rs.GET;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keeps the features apart, and the outside at the edge. */
final class ArchitectureTest {

  private static final String[] SERVERS = {
    "org.apache.kafka..",
    "io.fabric8..",
    "io.quarkus..",
    "io.smallrye..",
    "io.micrometer..",
    "jakarta.."
  };

  private static final JavaClasses WORKER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("/local/"))
          .importPackages("io.firesteel");

  @Test
  void featuresDoNotDependOnEachOtherInCycles() {
    check(slices().matching("io.firesteel.(*)..").should().beFreeOfCycles());
  }

  @Test
  void packagesDoNotDependOnEachOtherInCycles() {
    check(slices().matching("io.firesteel.(**)").should().beFreeOfCycles());
  }

  @Test
  void decisionsOfAdmissionArePure() {
    check(
        onlyDependOnPureCode(
            "io.firesteel.admission.core",
            "io.firesteel.admission.index",
            "io.firesteel.admission.state"));
  }

  @Test
  void reconciliationIsPure() {
    check(onlyDependOnPureCode("io.firesteel.cluster.reconcile", "io.firesteel.cluster.log"));
  }

  @Test
  void intakeDecidesWithoutKafkaAndWithoutQuarkus() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("io.firesteel.intake.decision", "io.firesteel.intake.request")
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(SERVERS)
                    .and(not(resideInAnyPackage("org.apache.kafka.common.header")))));
  }

  @Test
  void definitionsDoNotKnowTheCluster() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.firesteel.definitions..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.firesteel.cluster.."));
  }

  @Test
  void eventsDoNotKnowOurKafkaCode() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.firesteel.event..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.firesteel.kafka.."));
  }

  @Test
  void noSimpleNameStandsForTwoClasses() {
    Map<String, List<String>> twice =
        WORKER.stream()
            .filter(type -> !type.isAnonymousClass() && !type.isNestedClass())
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .collect(groupingBy(JavaClass::getSimpleName, mapping(JavaClass::getName, toList())));
    twice.values().removeIf(names -> names.size() == 1);
    assertThat(twice).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"src/main/java", "src/local/java", "src/bench/java", "src/test/java"})
  void noPackageHasMoreThanTwentyFiles(String root) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(root))) {
      Map<Path, Long> sizes =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .collect(groupingBy(Path::getParent, counting()));
      assertThat(sizes).isNotEmpty();
      sizes.values().removeIf(size -> size <= 20);
      assertThat(sizes).isEmpty();
    }
  }

  private static ArchRule onlyDependOnPureCode(String... packages) {
    return noClasses()
        .that()
        .resideInAnyPackage(packages)
        .should()
        .dependOnClassesThat(resideInAnyPackage(SERVERS))
        .orShould()
        .dependOnClassesThat(
            resideInAnyPackage(
                "java.util.concurrent..", "java.io..", "java.nio.file..", "org.slf4j.."))
        .orShould()
        .dependOnClassesThat(belongToAnyOf(Clock.class, InstantSource.class, Thread.class));
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
                        not(
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
