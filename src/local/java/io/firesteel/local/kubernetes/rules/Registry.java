package io.firesteel.local.kubernetes.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.audit.AuditLog;
import io.firesteel.local.kubernetes.audit.AuditLog.Action;
import io.firesteel.local.kubernetes.patch.ManagedFields;
import io.firesteel.local.kubernetes.patch.ServerSideApply;
import io.firesteel.local.kubernetes.rules.validation.ObjectValidation;
import io.firesteel.local.kubernetes.rules.validation.StructuralSchema;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.ApiException.Cause;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.ObjectKey;
import io.firesteel.local.kubernetes.store.ObjectStore;
import io.firesteel.local.kubernetes.store.ResourceKind;
import io.firesteel.local.kubernetes.store.ResourceKinds;
import io.firesteel.local.kubernetes.store.StoredObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Applies every write with the rules of the API, and records it in the audit log. HTTP, controllers
 * and simulated pods all write through it. A write is applied completely or, with an {@link
 * ApiException}, not at all. Thread-safe.
 */
public final class Registry {
  private final ObjectStore store;
  private final AuditLog audit;
  private final InstantSource clock;
  private final AdmissionPlugins admission;

  public Registry(ObjectStore store, AuditLog audit, InstantSource clock) {
    this.store = store;
    this.audit = audit;
    this.clock = clock;
    this.admission = new AdmissionPlugins(store);
  }

  /**
   * The result of a delete.
   *
   * @param removed whether the object has left the store
   */
  public record Deleted(StoredObject object, boolean removed) {}

  /** The result of an apply. */
  public record Applied(StoredObject object, boolean created) {}

  public Instant now() {
    return clock.instant();
  }

  public boolean exists(ObjectKey key) {
    return store.get(key) != null;
  }

  public StoredObject existing(ObjectKey key) {
    StoredObject object = store.get(key);
    if (object == null) {
      throw ApiException.notFound(key.kind(), key.name());
    }
    return object;
  }

  /** Creates an object; the store takes ownership of the tree. */
  public StoredObject create(
      ResourceKind kind, String namespace, ObjectNode body, WriteOptions options) {
    ObjectIdentity.check(kind, namespace, body);
    ObjectKey key = new ObjectKey(kind, namespace, Metadata.nameFor(body.path("metadata")));
    Action action = new Action("create", "", options.caller());
    return audited(action, key, () -> createObject(key, body, action, options));
  }

  private StoredObject createObject(
      ObjectKey key, ObjectNode body, Action action, WriteOptions options) {
    if (key.name().isEmpty()) {
      throw ApiException.invalid(
          key, List.of(Cause.required("metadata.name", "name or generateName is required")));
    }
    if (!JsonTrees.text(body, "metadata", "resourceVersion").isEmpty()) {
      throw ApiException.badRequest("resourceVersion should not be set on objects to be created");
    }
    var managed = JsonTrees.at(body, "metadata", "managedFields");
    JsonTrees.dropNulls(body);
    StructuralSchema.check(key.kind(), body);
    Metadata.initialize(body, key, clock.instant());
    ObjectDefaults.applyOnCreate(key.kind(), body);
    ObjectValidation.validateCreate(key, body);
    if (action.verb().equals("apply")) {
      ((ObjectNode) body.path("metadata")).set("managedFields", managed);
    }
    return store.exclusively(() -> {
      admit(key, body);
      if (options.dryRun()) {
        return new StoredObject(key, body, store.revision());
      }
      StoredObject made = store.put(key, body);
      audit.recordSuccess(action, made, 201);
      return made;
    });
  }

  private void admit(ObjectKey key, ObjectNode body) {
    if (key.kind().namespaced()) {
      StoredObject namespace =
          existing(new ObjectKey(ResourceKinds.NAMESPACES, "", key.namespace()));
      if (namespace.deleting() && store.get(key) == null) {
        throw ApiException.namespaceTerminating(key);
      }
    }
    if (store.get(key) != null) {
      throw ApiException.alreadyExists(key);
    }
    admission.admit(key, body);
  }

  public StoredObject update(
      ObjectKey key, Subresource subresource, ObjectNode body, WriteOptions options) {
    ObjectIdentity.check(key.kind(), key.namespace(), body);
    ObjectIdentity.checkName(key, body);
    JsonTrees.dropNulls(body);
    return change(key, subresource, "update", _ -> body, options);
  }

  public StoredObject patch(
      ObjectKey key,
      Subresource subresource,
      UnaryOperator<ObjectNode> patch,
      WriteOptions options) {
    return change(key, subresource, "patch", patch, options);
  }

  /** Binds a pod to a node. */
  public StoredObject bind(ObjectKey key, String node, WriteOptions options) {
    Action action = new Action("bind", "binding", options.caller());
    return exclusively(
        action,
        key,
        () -> {
          StoredObject current = existing(key);
          ObjectNode bound = PodBinding.apply(current, node, clock.instant());
          return options.dryRun() ? current : putOrRemove(current, bound, action);
        });
  }

  public Applied apply(
      ObjectKey key, Subresource subresource, ObjectNode configuration, WriteOptions options) {
    ObjectIdentity.check(key.kind(), key.namespace(), configuration);
    ObjectIdentity.checkName(key, configuration);
    JsonTrees.dropNulls(configuration);
    var application =
        new ServerSideApply.Application(
            configuration, options.fieldManager(), options.force(), clock.instant());
    Action action = new Action("apply", subresource(subresource), options.caller());
    return exclusively(
        action,
        key,
        () -> {
          StoredObject current = store.get(key);
          if (current == null && subresource == Subresource.NONE) {
            ObjectNode first = ServerSideApply.create(application);
            ((ObjectNode) first.path("metadata")).put("name", key.name());
            return new Applied(createObject(key, first, action, options), true);
          }
          StoredObject live = existing(key);
          ObjectNode merged = ServerSideApply.apply(live.json(), application);
          return new Applied(commit(live, subresource, merged, action, options), false);
        });
  }

  public Deleted delete(ObjectKey key, DeleteOptions how, WriteOptions options) {
    Action action = new Action("delete", "", options.caller());
    return exclusively(
        action,
        key,
        () -> {
          StoredObject current = existing(key);
          Preconditions.check(current, how.uid(), how.resourceVersion());
          var decision = GracefulDeletion.decide(current, how, clock.instant());
          return options.dryRun()
              ? new Deleted(current, decision instanceof GracefulDeletion.Decision.Remove)
              : execute(decision, current, action);
        });
  }

  private Deleted execute(GracefulDeletion.Decision decision, StoredObject current, Action action) {
    return switch (decision) {
      case GracefulDeletion.Decision.Remove() -> {
        audit.recordSuccess(action, current, 200);
        yield new Deleted(remove(current, current.json(), action), true);
      }
      case GracefulDeletion.Decision.SetDeletionTimestamp(ObjectNode next) ->
          new Deleted(putOrRemove(current, next, action), false);
      case GracefulDeletion.Decision.Unchanged() -> new Deleted(current, false);
    };
  }

  private StoredObject change(
      ObjectKey key,
      Subresource subresource,
      String verb,
      UnaryOperator<ObjectNode> edit,
      WriteOptions options) {
    Action action = new Action(verb, subresource(subresource), options.caller());
    return exclusively(
        action,
        key,
        () -> {
          StoredObject current = existing(key);
          return commit(current, subresource, edit.apply(current.json()), action, options);
        });
  }

  private StoredObject commit(
      StoredObject current,
      Subresource subresource,
      ObjectNode wanted,
      Action action,
      WriteOptions options) {
    ObjectIdentity.checkName(current.key(), wanted);
    Preconditions.check(
        current,
        orNull(JsonTrees.text(wanted, "metadata", "uid")),
        orNull(JsonTrees.text(wanted, "metadata", "resourceVersion")));
    boolean apply = action.verb().equals("apply");
    ObjectNode next = UpdateStrategy.next(current, subresource, wanted);
    if (apply) {
      ((ObjectNode) next.path("metadata"))
          .set("managedFields", JsonTrees.at(wanted, "metadata", "managedFields"));
    }
    StructuralSchema.check(current.key().kind(), next);
    ObjectDefaults.apply(current.key().kind(), next);
    ObjectValidation.validateUpdate(current, next);
    Metadata.updateGeneration(current.key().kind(), current.json(), next);
    if (!apply && subresource == Subresource.NONE && ManagedFields.isTracked(current.json())) {
      ManagedFields.afterUpdate(current.json(), next, options.fieldManager(), clock.instant());
    }
    if (UpdateStrategy.isUnchanged(current.json(), next)) {
      return current;
    }
    return options.dryRun()
        ? new StoredObject(current.key(), next, current.revision())
        : putOrRemove(current, next, action);
  }

  private StoredObject putOrRemove(StoredObject current, ObjectNode next, Action action) {
    if (GracefulDeletion.isComplete(next)) {
      return remove(current, next, action);
    }
    StoredObject object = store.put(current.key(), next);
    audit.recordSuccess(action, object, 200);
    return object;
  }

  private StoredObject remove(StoredObject current, ObjectNode last, Action action) {
    StoredObject gone = store.remove(current, last);
    audit.recordSuccess(new Action("remove", "", action.caller()), gone, 200);
    return gone;
  }

  private <T> T exclusively(Action action, ObjectKey key, Supplier<T> write) {
    return audited(action, key, () -> store.exclusively(write));
  }

  private <T> T audited(Action action, ObjectKey key, Supplier<T> write) {
    try {
      return write.get();
    } catch (ApiException failure) {
      audit.recordRejection(action, key, failure);
      throw failure;
    }
  }

  private static String subresource(Subresource subresource) {
    return subresource == Subresource.STATUS ? "status" : "";
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
