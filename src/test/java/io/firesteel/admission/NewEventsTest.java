package io.firesteel.admission;

import static io.firesteel.admission.Sample.ONE;
import static io.firesteel.admission.Sample.TWO;
import static io.firesteel.admission.Sample.job;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.jackson.JsonFormat;
import io.firesteel.docs.NewEvents;
import io.firesteel.event.EventForm;
import io.firesteel.event.JobEvent;
import io.firesteel.event.PublishedEvent;
import io.firesteel.kafka.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The reader that {@code docs/events.md} shows, over what admission publishes. */
final class NewEventsTest {

  private final World world = new World();
  private final NewEvents reader = new NewEvents();

  /** Two requests of one id, a week apart, the clock gone back between them; and another job. */
  @BeforeEach
  void live() {
    world.limit("blue", 2);
    world.submit(job("blue", "1"));
    world.submit(job("blue", "2"));
    world.submit(job("blue", "1"));
    world.finished(ONE, null);
    world.finished(TWO, null);
    world.after(AdmissionSettings.DEFAULT.remember());
    world.clock(world.now().minus(Duration.ofDays(30)));
    world.submit(job("blue", "1"));
    world.finished(ONE, null);
  }

  @Test
  void hasEveryEventOnceHoweverOftenItIsDelivered() {
    List<PublishedEvent> all = World.events(world.said()).toList();

    List<String> had = new ArrayList<>();
    for (PublishedEvent event : all) {
      read(event, had);
      read(event, had);
    }

    assertThat(had).isEqualTo(all.stream().map(PublishedEvent::id).toList());
  }

  @Test
  void hasNothingAgainAfterAReplayFromAnyPlace() {
    List<PublishedEvent> all = World.events(world.said()).toList();
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
    List<PublishedEvent> results =
        World.events(world.said()).filter(e -> e.event() instanceof JobEvent.Ended).toList();

    results.forEach(event -> read(event, had));
    results.forEach(event -> read(event, had));

    assertThat(had).hasSize(3).allMatch(id -> id.matches("blue/[12]/[0-9]+/[0-9]{10}"));
    assertThat(had).filteredOn(id -> id.startsWith("blue/1/")).hasSize(2);
  }

  private void read(PublishedEvent event, List<String> had) {
    byte[] bytes = new JsonFormat().serialize(EventForm.DEFAULT.encoder().encode(event));
    JsonNode read = Json.read(bytes, JsonNode.class);
    if (reader.isNew(read)) {
      had.add(read.path("id").asText());
    }
  }
}
