package io.firesteel.local.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.patch.JsonMergePatch;
import io.firesteel.local.kubernetes.rules.DeleteOptions;
import io.firesteel.local.kubernetes.rules.Subresource;
import io.firesteel.local.kubernetes.rules.WriteOptions;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.FieldSelector;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.LabelSelector;
import io.firesteel.local.kubernetes.store.ObjectKey;
import io.firesteel.local.kubernetes.store.ResourceKind;
import io.firesteel.local.kubernetes.store.ResourceKinds;
import io.firesteel.local.kubernetes.store.SelectionPredicate;
import io.firesteel.local.kubernetes.watch.InProcessWatchSink;
import io.firesteel.local.kubernetes.watch.WatchRequest;
import io.firesteel.local.kubernetes.watch.Watcher;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * The objects of a {@link KubernetesApi} without HTTP, under the same rules: refusals are {@link
 * ApiException}s. Kinds are named by their plural, for example {@code pods}. What it hands out are
 * copies. Thread-safe.
 */
public final class Cluster {
  private static final WriteOptions AS_PLATFORM = WriteOptions.by("laptop-platform");

  private final KubernetesApi api;

  Cluster(KubernetesApi api) {
    this.api = api;
  }

  /**
   * One event of a watch.
   *
   * @param type {@code ADDED}, {@code MODIFIED} or {@code DELETED}
   */
  public record Event(String type, ObjectNode object) {}

  /** An open watch. */
  public interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  public Optional<ObjectNode> get(String plural, String namespace, String name) {
    return Optional.ofNullable(api.store().get(key(plural, namespace, name)))
        .map(object -> object.json().deepCopy());
  }

  /**
   * @param namespace empty for all
   * @param labelSelector empty for all
   */
  public List<ObjectNode> list(String plural, String namespace, String labelSelector) {
    return api.store().list(kind(plural), selection(namespace, labelSelector)).items().stream()
        .map(object -> object.json().deepCopy())
        .toList();
  }

  public ObjectNode create(String plural, String namespace, ObjectNode object) {
    return api.registry()
        .create(kind(plural), namespace, object.deepCopy(), AS_PLATFORM)
        .json()
        .deepCopy();
  }

  /** Merges a patch into the object, all but its status. */
  public ObjectNode patch(String plural, String namespace, String name, ObjectNode mergePatch) {
    return merge(key(plural, namespace, name), Subresource.NONE, mergePatch.deepCopy());
  }

  /** Merges a status into the object's status. */
  public ObjectNode patchStatus(String plural, String namespace, String name, ObjectNode status) {
    ObjectNode patch = JsonTrees.object();
    patch.set("status", status.deepCopy());
    return merge(key(plural, namespace, name), Subresource.STATUS, patch);
  }

  /** Binds a pod to a node. */
  public void bind(String namespace, String pod, String node) {
    api.registry().bind(key("pods", namespace, pod), node, AS_PLATFORM);
  }

  /** Deletes with the object's own grace; absent objects are no error. */
  public void delete(String plural, String namespace, String name) {
    delete(key(plural, namespace, name), DeleteOptions.DEFAULT);
  }

  /** Deletes without grace; absent objects are no error. */
  public void deleteNow(String plural, String namespace, String name) {
    delete(key(plural, namespace, name), DeleteOptions.NOW);
  }

  /**
   * Tells of everything there is as ADDED and then of every change, in order, on one thread.
   *
   * @param namespace empty for all
   */
  public Watch watch(
      String plural, String namespace, String labelSelector, Consumer<Event> listener) {
    WatchRequest request =
        WatchRequest.everything(kind(plural), selection(namespace, labelSelector));
    ExecutorService turns =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("laptop-watch").factory());
    InProcessWatchSink sink =
        (type, object) -> listener.accept(new Event(type.name(), object.json().deepCopy()));
    Watcher watcher = api.watches().open(request, sink, turns);
    return () -> {
      api.watches().close(watcher);
      turns.shutdown();
    };
  }

  private ObjectNode merge(ObjectKey key, Subresource subresource, ObjectNode patch) {
    return api.registry()
        .patch(
            key,
            subresource,
            current -> (ObjectNode) JsonMergePatch.apply(current, patch),
            AS_PLATFORM)
        .json()
        .deepCopy();
  }

  private void delete(ObjectKey key, DeleteOptions how) {
    try {
      api.registry().delete(key, how, AS_PLATFORM);
    } catch (ApiException failure) {
      if (failure.code() != 404) {
        throw failure;
      }
    }
  }

  private static SelectionPredicate selection(String namespace, String labels) {
    return new SelectionPredicate(namespace, LabelSelector.parse(labels), FieldSelector.ALL);
  }

  private static ObjectKey key(String plural, String namespace, String name) {
    return new ObjectKey(kind(plural), namespace, name);
  }

  private static ResourceKind kind(String plural) {
    return ResourceKinds.named(plural)
        .orElseThrow(() -> new IllegalArgumentException("no such kind: " + plural));
  }
}
