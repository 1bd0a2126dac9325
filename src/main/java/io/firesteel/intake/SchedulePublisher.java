package io.firesteel.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.firesteel.definitions.CurrentDefinitions;
import io.firesteel.definitions.Definitions;
import io.firesteel.json.JsonCodec;
import io.firesteel.kafka.Topics;
import io.firesteel.schedule.core.JobSchedule;
import io.firesteel.schedule.core.ScheduleMessage;
import io.firesteel.tenant.Tenant;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the schedules of the definitions directory: all of them at start, and each that
 * changes. The list of a tenant's schedules follows, so that a removal is noticed although no
 * worker ran when it happened. Idempotent. Thread-safe.
 */
@Singleton
class SchedulePublisher {

  private final CurrentDefinitions definitions;
  private final RetryingProducer producer;
  private final Topics topics;
  private @Nullable Definitions published;

  SchedulePublisher(CurrentDefinitions definitions, RetryingProducer producer, Topics topics) {
    this.definitions = definitions;
    this.producer = producer;
    this.topics = topics;
  }

  /** Returns when the current schedules are in their topic. */
  synchronized void publish() throws InterruptedException {
    Definitions current = definitions.get();
    if (current.equals(published)) {
      return;
    }
    List<ScheduleMessage> messages = messages(published, current);
    producer.send(
        messages.stream().map(message -> record(topics, message)).toList(), record -> record);
    published = current;
  }

  /**
   * What changed.
   *
   * @param before null at start
   */
  static List<ScheduleMessage> messages(@Nullable Definitions before, Definitions current) {
    List<ScheduleMessage> messages = new ArrayList<>();
    for (JobSchedule schedule : current.schedules().values()) {
      if (before == null || !schedule.equals(before.schedules().get(schedule.key()))) {
        messages.add(new ScheduleMessage.Defined(schedule, null));
      }
    }
    for (String tenant : tenants(before, current)) {
      List<String> names = names(current, tenant);
      if (before == null || !names.equals(names(before, tenant))) {
        messages.add(new ScheduleMessage.Listed(tenant, names));
      }
    }
    return messages;
  }

  private static Set<String> tenants(@Nullable Definitions before, Definitions current) {
    Set<String> tenants = new TreeSet<>();
    Stream.ofNullable(before)
        .forEach(old -> old.schedules().keySet().forEach(key -> tenants.add(key.tenant())));
    current.tenants().all().stream().map(Tenant::name).forEach(tenants::add);
    return tenants;
  }

  private static List<String> names(Definitions definitions, String tenant) {
    return definitions.schedules().keySet().stream()
        .filter(key -> key.tenant().equals(tenant))
        .map(key -> key.name())
        .sorted()
        .toList();
  }

  /** The record of a message, with its tenant as the key. */
  static ProducerRecord<byte[], byte[]> record(Topics topics, ScheduleMessage message) {
    return new ProducerRecord<>(
        topics.schedules(), message.tenant().getBytes(UTF_8), JsonCodec.write(message));
  }
}
