package io.firesteel.local.kubelet;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes Kubernetes events about one pod. The same event again is counted up, as a real kubelet
 * does. An event that cannot be written is lost: events are for people, nothing depends on them.
 * For one thread.
 */
final class PodEvents {

  private static final Logger LOG = Logger.getLogger(PodEvents.class);

  private final KubernetesClient client;
  private final Clock clock;
  private final String component;
  private final String node;
  private final Map<String, Event> written = new HashMap<>();
  private long lastNumber;

  PodEvents(KubernetesClient client, Clock clock, String component, String node) {
    this.client = client;
    this.clock = clock;
    this.component = component;
    this.node = node;
  }

  void normal(Pod pod, String reason, String message) {
    write(pod, null, new Note("Normal", reason, message));
  }

  void warning(Pod pod, String reason, String message) {
    write(pod, null, new Note("Warning", reason, message));
  }

  void normal(Pod pod, ContainerFacts container, String reason, String message) {
    write(pod, fieldPath(container), new Note("Normal", reason, message));
  }

  void warning(Pod pod, ContainerFacts container, String reason, String message) {
    write(pod, fieldPath(container), new Note("Warning", reason, message));
  }

  private static String fieldPath(ContainerFacts container) {
    var list = container.init() ? "initContainers" : "containers";
    return "spec.%s{%s}".formatted(list, container.name());
  }

  private record Note(String type, String reason, String message) {}

  private void write(Pod pod, @Nullable String fieldPath, Note note) {
    var key = pod.getMetadata().getUid() + fieldPath + note;
    try {
      var before = written.get(key);
      written.put(key, before == null ? create(pod, fieldPath, note) : again(before));
    } catch (KubernetesClientException e) {
      LOG.debugf(
          "Event %s of pod %s is lost: %s",
          note.reason(), pod.getMetadata().getName(), e.getMessage());
    }
  }

  private Event create(Pod pod, @Nullable String fieldPath, Note note) {
    var meta = pod.getMetadata();
    var now = ContainerStatuses.time(clock.instant());
    var event =
        new EventBuilder()
            .withNewMetadata()
            .withNamespace(meta.getNamespace())
            .withName("%s.%x".formatted(meta.getName(), nextNumber()))
            .endMetadata()
            .withNewInvolvedObject()
            .withApiVersion("v1")
            .withKind("Pod")
            .withNamespace(meta.getNamespace())
            .withName(meta.getName())
            .withUid(meta.getUid())
            .withFieldPath(fieldPath)
            .endInvolvedObject()
            .withType(note.type())
            .withReason(note.reason())
            .withMessage(note.message())
            .withNewSource(component, node)
            .withReportingComponent(component)
            .withFirstTimestamp(now)
            .withLastTimestamp(now)
            .withCount(1)
            .build();
    return client.v1().events().inNamespace(meta.getNamespace()).resource(event).create();
  }

  /** The time, but never the same twice: names in order are events in order. */
  private long nextNumber() {
    var now = clock.instant();
    lastNumber = Math.max(lastNumber + 1, now.getEpochSecond() * 1_000_000_000L + now.getNano());
    return lastNumber;
  }

  private Event again(Event before) {
    var now = ContainerStatuses.time(clock.instant());
    return client
        .v1()
        .events()
        .inNamespace(before.getMetadata().getNamespace())
        .withName(before.getMetadata().getName())
        .edit(event ->
            new EventBuilder(event).withLastTimestamp(now).withCount(event.getCount() + 1).build());
  }
}
