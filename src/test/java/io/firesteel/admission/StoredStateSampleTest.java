package io.firesteel.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.admission.StoredStateSample.Line;
import io.firesteel.admission.core.SampleJob;
import io.firesteel.admission.state.JobState;
import io.firesteel.admission.state.Table;
import io.firesteel.admission.state.TrackedJob;
import io.firesteel.event.JobStatus;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.Observation;
import io.firesteel.json.JsonCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What earlier versions left in Kafka is read by this one. {@code FIRESTEEL_WRITE_SAMPLE=1} adds
 * the sample of this version: do it once, at the release, and never change a sample that is there.
 */
final class StoredStateSampleTest {

  private static final Map<String, Class<?>> STORED =
      Map.of(
          Table.REQUESTS.prefix(), Table.REQUESTS.type(),
          Table.JOBS.prefix(), Table.JOBS.type(),
          Table.TENANTS.prefix(), Table.TENANTS.type(),
          Table.COHORTS.prefix(), Table.COHORTS.type(),
          Table.DEPENDENT_COUNTS.prefix(), Table.DEPENDENT_COUNTS.type(),
          Table.QUEUE_LENGTHS.prefix(), Table.QUEUE_LENGTHS.type());

  private static final Map<String, List<String>> CONTINUED =
      Map.ofEntries(
          Map.entry("blue/retried", List.of("SUCCEEDED")),
          Map.entry("blue/running", List.of("SUCCEEDED")),
          Map.entry("blue/submitted", List.of("SUCCEEDED")),
          Map.entry("blue/stopping", List.of("CANCELLED")),
          Map.entry("blue/admitted", List.of("SUCCEEDED")),
          Map.entry("blue/queued", List.of("SUCCEEDED")),
          Map.entry("blue/urgent", List.of("SUCCEEDED")),
          Map.entry("blue/delayed", List.of("SUCCEEDED")),
          Map.entry("blue/blocked", List.of("SUCCEEDED")),
          Map.entry("blue/hopeful", List.of("FAILED")),
          Map.entry("blue/precancelled", List.of("CANCELLED")),
          Map.entry("red/suspended", List.of("SUCCEEDED")));

  static Stream<StoredStateSample> samples() throws IOException {
    if (System.getenv("FIRESTEEL_WRITE_SAMPLE") != null) {
      fresh().write();
    }
    return StoredStateSample.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void jobsGoOnFromWhatWasStoredWithNoneLostAndNoneDoubled(StoredStateSample sample) {
    try (AdmissionTopologyHarness next = AdmissionTopologyHarness.restoredFrom(sample)) {
      next.send(new InboxMessage.TenantResumed("red", SampleJob.origin("resume")));
      next.send(SampleJob.job("blue", "precancelled").submitted());
      next.elapse(Duration.ofMinutes(5));
      next.letEveryDriverSucceed();
      next.elapse(Duration.ofHours(2));
      next.letEveryDriverSucceed();

      assertThat(next.outcomes()).isEqualTo(CONTINUED);
      assertThat(next.mostAtOnce()).isLessThanOrEqualTo(SampleInbox.BLUE_LIMIT + 2);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theInboxReadAgainChangesNothingAndEndedJobsStayEnded(StoredStateSample sample) {
    try (AdmissionTopologyHarness next = AdmissionTopologyHarness.restoredFrom(sample)) {
      sample.inbox().forEach(line -> next.send(line.key(), line.bytes()));

      assertThat(next.outcomes()).isEmpty();
      assertThat(next.steps("blue/succeeded")).containsExactly("io.firesteel.job.duplicate.v1");
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyRecordIsReadWithoutLosingAField(StoredStateSample sample) {
    List<String> lost = new ArrayList<>();
    sample.inbox().forEach(line -> compare(line, InboxMessage.class, lost));
    sample.drivers().forEach(line -> compare(line, DesiredDriver.class, lost));
    sample.status().forEach(line -> compare(line, JobStatus.class, lost));
    sample.state().stream()
        .filter(line -> !line.value().isNull())
        .forEach(line -> compare(line, typeOf(line.key()), lost));

    assertThat(lost)
        .as(
            "Stored records %s are not understood any more. A rolling update would lose this. Keep"
                + " reading the old form beside the new one (@JsonAlias, a component that may be"
                + " null); never change the sample.",
            sample)
        .isEmpty();
  }

  @Test
  void theSampleOfThisVersionHasEveryKindOfMessageAndState() {
    StoredStateSample fresh = fresh();
    Set<Class<?>> seen = new HashSet<>();
    for (Line line : fresh.inbox()) {
      InboxMessage message = JsonCodec.read(line.bytes(), InboxMessage.class);
      seen.add(message.getClass());
      if (message instanceof InboxMessage.Observed(Observation observation)) {
        seen.add(observation.getClass());
      }
    }
    fresh.state().stream()
        .filter(line -> line.key().startsWith(Table.JOBS.prefix()) && !line.value().isNull())
        .forEach(
            line -> seen.add(JsonCodec.read(line.bytes(), TrackedJob.class).state().getClass()));

    assertThat(seen)
        .as("Give what is missing its place in SampleHistory.")
        .containsAll(leaves(InboxMessage.class))
        .containsAll(leaves(Observation.class))
        .containsAll(leaves(JobState.class));
  }

  private static StoredStateSample fresh() {
    List<Line> inbox =
        SampleInbox.inbox().stream().map(m -> Line.of("blue", JsonCodec.write(m))).toList();
    try (AdmissionTopologyHarness topics = new AdmissionTopologyHarness()) {
      inbox.forEach(line -> topics.send(line.key(), line.bytes()));
      return new StoredStateSample(
          version(), inbox, topics.state(), topics.drivers(), topics.status());
    }
  }

  private static String version() {
    try {
      Matcher found =
          Pattern.compile("<version>([0-9.]+)").matcher(Files.readString(Path.of("pom.xml")));
      assertThat(found.find()).isTrue();
      return found.group(1);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Class<?> typeOf(String key) {
    return STORED.entrySet().stream()
        .filter(table -> key.startsWith(table.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no table for the stored key " + key));
  }

  private static Set<Class<?>> leaves(Class<?> type) {
    Set<Class<?>> leaves = new HashSet<>();
    if (type.isSealed()) {
      Arrays.stream(type.getPermittedSubclasses()).forEach(sub -> leaves.addAll(leaves(sub)));
    } else {
      leaves.add(type);
    }
    return leaves;
  }

  private static void compare(Line line, Class<?> type, List<String> lost) {
    try {
      JsonNode again = JsonCodec.toTree(JsonCodec.read(line.bytes(), type));
      compare(line.key() + " (" + type.getSimpleName() + ")", line.value(), again, lost);
    } catch (RuntimeException e) {
      lost.add(line.key() + " cannot be read as " + type.getSimpleName() + ": " + e.getCause());
    }
  }

  private static void compare(
      String path, JsonNode stored, @Nullable JsonNode again, List<String> lost) {
    if (again != null && stored.isObject()) {
      Map<String, JsonNode> fields = new TreeMap<>();
      stored.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
      fields.forEach((name, value) -> compare(path + "/" + name, value, again.get(name), lost));
    } else if (again == null || !stored.toString().equals(again.toString())) {
      lost.add(path + ": " + stored + " came back as " + again);
    }
  }
}
