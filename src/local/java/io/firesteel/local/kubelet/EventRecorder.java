package io.firesteel.local.kubelet;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.firesteel.local.kubelet.status.ContainerRecord;
import io.firesteel.local.kubelet.status.ContainerStatuses;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records Kubernetes events about one pod. As in a real kubelet, a repeated event increases its
 * count. A failed write loses the event. For one thread.
 */
final class EventRecorder {

  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);

  private final KubernetesClient client;
  private final Clock clock;
  private final String component;
  private final String node;
  private final Map<String, Event> written = new HashMap<>();
  private long lastNumber;

  EventRecorder(KubernetesClient client, Clock clock, String component, String node) {
    this.client = client;
    this.clock = clock;
    this.component = component;
    this.node = node;
  }

  void normal(Pod pod, String reason, String message) {
    write(pod, null, new EventText("Normal", reason, message));
  }

  void warning(Pod pod, String reason, String message) {
    write(pod, null, new EventText("Warning", reason, message));
  }

  void normal(Pod pod, ContainerRecord container, String reason, String message) {
    write(pod, fieldPath(container), new EventText("Normal", reason, message));
  }

  void warning(Pod pod, ContainerRecord container, String reason, String message) {
    write(pod, fieldPath(container), new EventText("Warning", reason, message));
  }

  private static String fieldPath(ContainerRecord container) {
    var list = container.init() ? "initContainers" : "containers";
    return "spec.%s{%s}".formatted(list, container.name());
  }

  private record EventText(String type, String reason, String message) {}

  private void write(Pod pod, @Nullable String fieldPath, EventText eventText) {
    var key = pod.getMetadata().getUid() + fieldPath + eventText;
    try {
      var before = written.get(key);
      written.put(key, before == null ? create(pod, fieldPath, eventText) : increment(before));
    } catch (KubernetesClientException e) {
      LOG.debug(
          "Cannot record event {} of pod {}: {}",
          eventText.reason(),
          pod.getMetadata().getName(),
          e.getMessage());
    }
  }

  private Event create(Pod pod, @Nullable String fieldPath, EventText eventText) {
    var meta = pod.getMetadata();
    var now = ContainerStatuses.time(clock.instant());
    var event =
        new EventBuilder()
            .withNewMetadata()
            .withNamespace(meta.getNamespace())
            .withName("%s.%x".formatted(meta.getName(), nextSequence()))
            .endMetadata()
            .withNewInvolvedObject()
            .withApiVersion("v1")
            .withKind("Pod")
            .withNamespace(meta.getNamespace())
            .withName(meta.getName())
            .withUid(meta.getUid())
            .withFieldPath(fieldPath)
            .endInvolvedObject()
            .withType(eventText.type())
            .withReason(eventText.reason())
            .withMessage(eventText.message())
            .withNewSource(component, node)
            .withReportingComponent(component)
            .withFirstTimestamp(now)
            .withLastTimestamp(now)
            .withCount(1)
            .build();
    return client.v1().events().inNamespace(meta.getNamespace()).resource(event).create();
  }

  /** The time, strictly increasing, so that names sort like events. */
  private long nextSequence() {
    var now = clock.instant();
    lastNumber = Math.max(lastNumber + 1, now.getEpochSecond() * 1_000_000_000L + now.getNano());
    return lastNumber;
  }

  private Event increment(Event before) {
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
