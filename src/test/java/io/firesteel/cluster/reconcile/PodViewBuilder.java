package io.firesteel.cluster.reconcile;

import io.firesteel.cluster.reconcile.PodView.Container;
import io.firesteel.cluster.reconcile.PodView.DisruptionTarget;
import io.firesteel.cluster.reconcile.PodView.Unscheduled;
import io.firesteel.job.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Copies a pod with changes. */
final class PodViewBuilder {

  private final PodView from;
  Attempt attempt;
  boolean driver;
  String namespace;
  String name;
  String uid;
  @Nullable String driverUid;
  long resourceVersion;
  String phase;
  @Nullable String reason;
  @Nullable String message;
  @Nullable String node;
  @Nullable Instant deletionTimestamp;
  @Nullable Duration keep;
  @Nullable Container container;
  @Nullable Unscheduled unscheduled;
  @Nullable DisruptionTarget disruption;
  boolean executorEvents;

  private PodViewBuilder(PodView from) {
    this.from = from;
    attempt = from.attempt();
    driver = from.driver();
    namespace = from.namespace();
    name = from.name();
    keep = from.keepFor();
    uid = from.uid();
    driverUid = from.driverUid();
    resourceVersion = from.resourceVersion();
    phase = from.phase();
    reason = from.reason();
    message = from.message();
    node = from.node();
    deletionTimestamp = from.deletionTimestamp();
    container = from.container();
    unscheduled = from.unscheduled();
    disruption = from.disruption();
    executorEvents = from.executorEvents();
  }

  static PodView like(PodView pod, Consumer<PodViewBuilder> change) {
    PodViewBuilder draft = new PodViewBuilder(pod);
    change.accept(draft);
    return draft.view();
  }

  private PodView view() {
    return new PodView(
        attempt,
        driver,
        namespace,
        name,
        uid,
        driverUid,
        resourceVersion,
        phase,
        reason,
        message,
        node,
        deletionTimestamp,
        from.created(),
        from.lastTransition(),
        keep,
        container,
        unscheduled,
        disruption,
        from.exitException(),
        executorEvents);
  }
}
