package io.firesteel.cluster;

import io.firesteel.cluster.PodView.Container;
import io.firesteel.cluster.PodView.Disruption;
import io.firesteel.cluster.PodView.Unscheduled;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A pod that a test makes from another: what is not changed is as there. */
final class PodDraft {

  private final PodView from;
  boolean driver;
  String uid;
  @Nullable String driverUid;
  long version;
  String phase;
  @Nullable String reason;
  @Nullable String message;
  @Nullable String node;
  @Nullable Instant deletionDue;
  @Nullable Container container;
  @Nullable Unscheduled unscheduled;
  @Nullable Disruption disruption;
  boolean eachExecutor;

  private PodDraft(PodView from) {
    this.from = from;
    driver = from.driver();
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
        from.attempt(),
        driver,
        from.namespace(),
        from.name(),
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
        from.keep(),
        container,
        unscheduled,
        disruption,
        from.exitException(),
        eachExecutor);
  }
}
