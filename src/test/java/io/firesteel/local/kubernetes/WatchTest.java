package io.firesteel.local.kubernetes;

import static io.firesteel.local.kubernetes.ApiServerFixture.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchTest {
  private static final String PODS = "/api/v1/namespaces/team-a/pods";

  private final ApiServerFixture cluster =
      ApiServerFixture.start(
          options -> options.withWatchCacheSize(20).withBookmarkInterval(Duration.ofMillis(50)));

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void sendsEveryChangeInOrder() {
    RecordingWatcher watcher = new RecordingWatcher();
    try (Watch _ = cluster.client().pods().watch(watcher)) {
      cluster.create("a");
      label("a", "x");
      cluster.client().pods().withName("a").delete();

      await().untilAsserted(() -> assertThat(watcher.events).hasSize(3));
    }
    assertThat(watcher.events).containsExactly("ADDED a", "MODIFIED a", "DELETED a");
  }

  @Test
  void resumesFromAResourceVersion() {
    Pod first = cluster.create("first");
    cluster.create("second");
    label("first", "x");
    RecordingWatcher watcher = new RecordingWatcher();

    try (Watch _ = cluster.client().pods().watch(from(first), watcher)) {
      await().untilAsserted(() -> assertThat(watcher.events).hasSize(2));
    }

    assertThat(watcher.events).containsExactly("ADDED second", "MODIFIED first");
  }

  @Test
  void answersGoneForAVersionOlderThanTheWatchCache() {
    Pod first = cluster.create("old");
    for (int i = 0; i < 30; i++) {
      label("old", "v" + i);
    }
    RecordingWatcher watcher = new RecordingWatcher();

    try (Watch _ = cluster.client().pods().watch(from(first), watcher)) {
      await().until(() -> watcher.gone);
    }

    JsonNode error = watchRaw("?watch=true&resourceVersion=" + version(first), 1).getFirst();
    assertThat(error.path("type").asText()).isEqualTo("ERROR");
    assertThat(error.at("/object/code").asInt()).isEqualTo(410);
    assertThat(error.at("/object/reason").asText()).isEqualTo("Expired");
  }

  @Test
  void sendsAddedAndDeletedWhenAnObjectEntersOrLeavesTheSelection() {
    RecordingWatcher watcher = new RecordingWatcher();
    try (Watch _ = cluster.client().pods().withLabel("l", "in").watch(watcher)) {
      cluster.create("moving");
      label("moving", "in");
      cluster.markRunning("moving");
      label("moving", "out");
      label("moving", "further");

      await().untilAsserted(() -> assertThat(watcher.events).hasSizeGreaterThanOrEqualTo(4));
    }
    assertThat(watcher.events)
        .containsExactly("ADDED moving", "MODIFIED moving", "MODIFIED moving", "DELETED moving");
  }

  @Test
  void sendsInitialEventsAndMarksTheirEnd() {
    cluster.create("there");

    List<JsonNode> events =
        watchRaw(
            "?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
                + "&allowWatchBookmarks=true",
            2);

    assertThat(events.get(0).path("type").asText()).isEqualTo("ADDED");
    assertThat(events.get(1).path("type").asText()).isEqualTo("BOOKMARK");
    assertThat(
            events
                .get(1)
                .path("object")
                .path("metadata")
                .path("annotations")
                .path("k8s.io/initial-events-end")
                .asText())
        .isEqualTo("true");
  }

  @Test
  void sendsBookmarksThatAdvanceWithOtherChanges() {
    cluster.create("quiet");
    List<JsonNode> events =
        watchRaw("?watch=true&allowWatchBookmarks=true&labelSelector=none%3Dhere", 2);

    assertThat(events).allSatisfy(e -> assertThat(e.path("type").asText()).isEqualTo("BOOKMARK"));
    assertThat(events.getFirst().at("/object/metadata/resourceVersion").asLong()).isGreaterThan(1);
  }

  @Test
  void endsAWatchAtItsTimeout() {
    String body = cluster.get(PODS + "?watch=true&timeoutSeconds=1").body();

    assertThat(body).isEmpty();
  }

  @Test
  void feedsAnInformer() {
    cluster.create("before");
    try (var informer = cluster.client().pods().inform()) {
      cluster.create("during");
      cluster.markRunning("during");
      cluster.client().pods().withName("before").delete();

      await()
          .untilAsserted(() ->
              assertThat(informer.getStore().list())
                  .singleElement()
                  .extracting(p -> p.getStatus().getPhase())
                  .isEqualTo("Running"));
    }
  }

  @Test
  void servesOtherWatchersWhileOneDoesNotRead() throws IOException {
    try (StalledClient _ = StalledClient.open(cluster.api().port(), PODS + "?watch=true")) {
      RecordingWatcher watcher = new RecordingWatcher();
      try (Watch _ = cluster.client().pods().watch(watcher)) {
        String big = "x".repeat(200_000);
        for (int i = 0; i < 60; i++) {
          cluster.create(annotated("big" + i, big));
        }
        await().untilAsserted(() -> assertThat(watcher.events).hasSize(60));
      }
    }
  }

  private static Pod annotated(String name, String value) {
    return new PodBuilder(pod(name))
        .editMetadata()
        .addToAnnotations("big", value)
        .endMetadata()
        .build();
  }

  private void label(String name, String value) {
    cluster
        .client()
        .pods()
        .withName(name)
        .edit(p -> new PodBuilder(p).editMetadata().addToLabels("l", value).endMetadata().build());
  }

  private List<JsonNode> watchRaw(String query, int events) {
    return ChunkedWatchReader.first(cluster.api().url() + PODS + query, events, Map.of());
  }

  private static ListOptions from(Pod pod) {
    return new ListOptionsBuilder().withResourceVersion(version(pod)).build();
  }

  private static String version(Pod pod) {
    return pod.getMetadata().getResourceVersion();
  }

  private static final class RecordingWatcher implements Watcher<Pod> {
    private final List<String> events = new CopyOnWriteArrayList<>();
    private volatile boolean gone;

    @Override
    public void eventReceived(Action action, Pod pod) {
      events.add(action + " " + pod.getMetadata().getName());
    }

    @Override
    public void onClose(WatcherException cause) {
      gone = cause.isHttpGone();
    }
  }
}
