package io.firesteel.cluster;

import io.firesteel.cluster.PodView.Container;
import io.firesteel.cluster.PodView.Disruption;
import io.firesteel.cluster.PodView.Unscheduled;
import io.firesteel.job.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A pod that a test makes from another: what is not changed is as there. */
final class PodDraft {

  private final PodView from;
  Attempt attempt;
  boolean driver;
  String namespace;
  String name;
  String uid;
  @Nullable String driverUid;
  long version;
  String phase;
  @Nullable String reason;
  @Nullable String message;
  @Nullable String node;
  @Nullable Instant deletionDue;
  @Nullable Duration keep;
  @Nullable Container container;
  @Nullable Unscheduled unscheduled;
  @Nullable Disruption disruption;
  boolean eachExecutor;

  private PodDraft(PodView from) {
    this.from = from;
    attempt = from.attempt();
    driver = from.driver();
    namespace = from.namespace();
    name = from.name();
    keep = from.keep();
    uid = from.uid();
    driverUid = from.driverUid();
    version = from.version();
    phase = from.phase();
    reason = from.reason();
    message = from.message();
    node = from.node();
    deletionDue = from.deletionDue();
    container = from.container();
    unscheduled = from.unscheduled();
    disruption = from.disruption();
    eachExecutor = from.eachExecutor();
  }

  static PodView like(PodView pod, Consumer<PodDraft> change) {
    PodDraft draft = new PodDraft(pod);
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
        version,
        phase,
        reason,
        message,
        node,
        deletionDue,
        from.created(),
        from.settled(),
        keep,
        container,
        unscheduled,
        disruption,
        from.exitException(),
        eachExecutor);
  }
}
