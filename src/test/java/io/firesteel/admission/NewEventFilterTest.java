package io.firesteel.admission;

import static io.firesteel.admission.core.SampleJob.ONE;
import static io.firesteel.admission.core.SampleJob.TWO;
import static io.firesteel.admission.core.SampleJob.job;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.jackson.JsonFormat;
import io.firesteel.admission.core.AdmissionHarness;
import io.firesteel.admission.core.AdmissionSettings;
import io.firesteel.docs.NewEventFilter;
import io.firesteel.event.JobEvent;
import io.firesteel.event.PublishedJobEvent;
import io.firesteel.json.JsonCodec;
import io.firesteel.local.verify.EventSchemas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The reader that {@code docs/events.md} shows, over what admission publishes. */
final class NewEventFilterTest {

  private final AdmissionHarness admissionHarness = new AdmissionHarness();
  private final NewEventFilter reader = new NewEventFilter();

  /** Two requests of one id, a week apart, the clock gone back between them; and another job. */
  @BeforeEach
  void live() {
    admissionHarness.limit("blue", 2);
    admissionHarness.submit(job("blue", "1"));
    admissionHarness.submit(job("blue", "2"));
    admissionHarness.submit(job("blue", "1"));
    admissionHarness.finished(ONE, null);
    admissionHarness.finished(TWO, null);
    admissionHarness.after(AdmissionSettings.DEFAULT.retention());
    admissionHarness.clock(admissionHarness.now().minus(Duration.ofDays(30)));
    admissionHarness.submit(job("blue", "1"));
    admissionHarness.finished(ONE, null);
  }

  @Test
  void hasEveryEventOnceHoweverOftenItIsDelivered() {
    List<PublishedJobEvent> all = AdmissionHarness.events(admissionHarness.said()).toList();

    List<String> had = new ArrayList<>();
    for (PublishedJobEvent event : all) {
      read(event, had);
      read(event, had);
    }

    assertThat(had).isEqualTo(all.stream().map(PublishedJobEvent::id).toList());
  }

  @Test
  void hasNothingAgainAfterAReplayFromAnyPlace() {
    List<PublishedJobEvent> all = AdmissionHarness.events(admissionHarness.said()).toList();
    List<String> had = new ArrayList<>();
    all.forEach(event -> read(event, had));

    for (int from = 0; from < all.size(); from++) {
      all.subList(from, all.size()).forEach(event -> read(event, had));
    }

    assertThat(had).hasSize(all.size());
  }

  @Test
  void hasTheResultOfEachRequestOfAnIdThatIsUsedAgain() {
    List<String> had = new ArrayList<>();
    List<PublishedJobEvent> results =
        AdmissionHarness.events(admissionHarness.said())
            .filter(e -> e.event() instanceof JobEvent.JobEnded)
            .toList();

    results.forEach(event -> read(event, had));
    results.forEach(event -> read(event, had));

    assertThat(had).hasSize(3).allMatch(id -> id.matches("blue/[12]/[0-9]+/[0-9]{10}"));
    assertThat(had).filteredOn(id -> id.startsWith("blue/1/")).hasSize(2);
  }

  private void read(PublishedJobEvent event, List<String> had) {
    byte[] bytes = new JsonFormat().serialize(EventSchemas.ENCODER.encode(event));
    JsonNode read = JsonCodec.read(bytes, JsonNode.class);
    if (reader.isNew(read)) {
      had.add(read.path("id").asText());
    }
  }
}
