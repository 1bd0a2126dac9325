package io.firesteel;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;

/**
 * Every event that a test sees is held to its schema, for there is one way to read a topic and one
 * to read what a topology wrote, and both do that. Benchmarks, which read internal topics, are
 * free.
 */
final class EventsAreCheckedTest {

  private static final JavaClasses TESTS =
      new ClassFileImporter().importPath(Path.of("target/test-classes/io/firesteel"));

  @Test
  void topicsAreReadByTheOneReaderThatChecks() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.firesteel.local.verify.TopicReader")
        .and()
        .doNotHaveFullyQualifiedName("io.firesteel.local.client.DeadLetterRedrive")
        .and()
        .resideOutsideOfPackage("io.firesteel.bench..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.apache.kafka.clients.consumer.KafkaConsumer")
        .check(TESTS);
  }

  @Test
  void whatTopologiesWriteIsReadByTheOneReaderThatChecks() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.firesteel.kafka.TopologyOutput")
        .should()
        .callMethodWhere(
            target(owner(equivalentTo(TopologyTestDriver.class)))
                .and(target(nameMatching("createOutputTopic|readRecord"))))
        .check(TESTS);
  }
}
