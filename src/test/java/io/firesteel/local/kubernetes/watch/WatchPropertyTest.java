package io.firesteel.local.kubernetes.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.audit.AuditLog;
import io.firesteel.local.kubernetes.rules.BootstrapNamespaces;
import io.firesteel.local.kubernetes.rules.DeleteOptions;
import io.firesteel.local.kubernetes.rules.Registry;
import io.firesteel.local.kubernetes.rules.Subresource;
import io.firesteel.local.kubernetes.rules.WriteOptions;
import io.firesteel.local.kubernetes.store.Change;
import io.firesteel.local.kubernetes.store.FieldSelector;
import io.firesteel.local.kubernetes.store.LabelSelector;
import io.firesteel.local.kubernetes.store.ObjectKey;
import io.firesteel.local.kubernetes.store.ObjectStore;
import io.firesteel.local.kubernetes.store.ResourceKinds;
import io.firesteel.local.kubernetes.store.SelectionPredicate;
import io.firesteel.local.kubernetes.store.StoredObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A replay of a watch gives the same objects as a list, wherever the watch starts. */
class WatchPropertyTest {
  private static final SelectionPredicate TEAM_RED =
      new SelectionPredicate(
          "default", LabelSelector.parse("team in (red),!hidden"), FieldSelector.ALL);

  /** Writes an object with this label, or deletes it. */
  record Step(int name, String team, boolean delete) {}

  @Property(tries = 200)
  void replayingAWatchGivesTheList(
      @ForAll("steps") List<Step> before, @ForAll("steps") List<Step> after) {
    ObjectStore store = new ObjectStore(1000, 7);
    Registry registry =
        new Registry(store, AuditLog.open(null, InstantSource.system()), InstantSource.system());
    WatchBroadcaster hub = new WatchBroadcaster(store);
    BootstrapNamespaces.create(registry, List.of());
    before.forEach(step -> take(registry, store, step));
    Replay fromState = new Replay();
    Replay fromRevision = new Replay();
    store
        .list(ResourceKinds.CONFIG_MAPS, TEAM_RED)
        .items()
        .forEach(object -> fromRevision.event(Change.Type.ADDED, object));
    WatchRequest resumed =
        new WatchRequest(
            ResourceKinds.CONFIG_MAPS, TEAM_RED, store.revision(), false, false, false);

    hub.open(
        WatchRequest.everything(ResourceKinds.CONFIG_MAPS, TEAM_RED), fromState, Runnable::run);
    hub.open(resumed, fromRevision, Runnable::run);
    after.forEach(step -> take(registry, store, step));

    Map<String, Long> listed =
        store.list(ResourceKinds.CONFIG_MAPS, TEAM_RED).items().stream()
            .collect(Collectors.toMap(o -> o.key().name(), StoredObject::revision));
    assertThat(fromState.objects).isEqualTo(listed);
    assertThat(fromRevision.objects).isEqualTo(listed);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 3),
            Arbitraries.of("red", "blue"),
            Arbitraries.of(true, false, false))
        .as(Step::new)
        .list()
        .ofMaxSize(25);
  }

  private static void take(Registry registry, ObjectStore store, Step step) {
    ObjectKey key = new ObjectKey(ResourceKinds.CONFIG_MAPS, "default", "m" + step.name());
    WriteOptions options = WriteOptions.by("test");
    boolean there = store.get(key) != null;
    ObjectNode body = BootstrapNamespaces.named(key.name());
    body.withObject("/metadata").withObject("/labels").put("team", step.team());
    if (there && step.delete()) {
      registry.delete(key, DeleteOptions.DEFAULT, options);
    } else if (there) {
      registry.update(key, Subresource.NONE, body, options);
    } else {
      registry.create(key.kind(), "default", body, options);
    }
  }

  private static final class Replay implements InProcessWatchSink {
    private final Map<String, Long> objects = new TreeMap<>();

    @Override
    public void event(Change.Type type, StoredObject object) {
      Long known =
          switch (type) {
            case ADDED -> objects.putIfAbsent(object.key().name(), object.revision());
            case MODIFIED -> objects.replace(object.key().name(), object.revision());
            case DELETED -> objects.remove(object.key().name());
          };
      assertThat(known == null)
          .as("%s of %s", type, object.key())
          .isEqualTo(type == Change.Type.ADDED);
    }
  }
}
