package io.firesteel.local.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.ApiFailure.Cause;
import io.firesteel.local.kubernetes.AuditLog.Action;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The one way to change an object, with all rules of the API: what is filled in, refused, kept,
 * counted and noted in the audit log. HTTP, the collector and the in-process view all write through
 * here. A write happens wholly or, with an {@link ApiFailure}, not at all. Thread-safe.
 */
final class Registry {
  private final ObjectStore store;
  private final AuditLog audit;
  private final InstantSource clock;
  private final Quotas quotas;

  Registry(ObjectStore store, AuditLog audit, InstantSource clock) {
    this.store = store;
    this.audit = audit;
    this.clock = clock;
    this.quotas = new Quotas(store);
  }

  /**
   * What became of a delete.
   *
   * @param gone whether the object has left the store, or only is on its way
   */
  record Deleted(StoredObject object, boolean gone) {}

  /** What became of an apply. */
  record Applied(StoredObject object, boolean created) {}

  Instant now() {
    return clock.instant();
  }

  boolean exists(ObjectKey key) {
    return store.get(key) != null;
  }

  StoredObject existing(ObjectKey key) {
    StoredObject object = store.get(key);
    if (object == null) {
      throw ApiFailure.notFound(key.kind(), key.name());
    }
    return object;
  }

  /** Creates an object; the tree becomes the store's own. */
  StoredObject create(ResourceKind kind, String namespace, ObjectNode body, WriteOptions options) {
    Bodies.check(kind, namespace, body);
    ObjectKey key = new ObjectKey(kind, namespace, Metadata.nameFor(body.path("metadata")));
    Action action = new Action("create", "", options.caller());
    return noted(action, key, () -> born(key, body, action, options));
  }

  private StoredObject born(ObjectKey key, ObjectNode body, Action action, WriteOptions options) {
    if (key.name().isEmpty()) {
      throw ApiFailure.invalid(
          key, List.of(Cause.required("metadata.name", "name or generateName is required")));
    }
    if (!Json.text(body, "metadata", "resourceVersion").isEmpty()) {
      throw ApiFailure.badRequest("resourceVersion should not be set on objects to be created");
    }
    var managed = Json.at(body, "metadata", "managedFields");
    Json.dropNulls(body);
    Shapes.check(key.kind(), body);
    Metadata.born(body, key, clock.instant());
    Defaults.created(key.kind(), body);
    Validation.created(key, body);
    if (action.verb().equals("apply")) {
      ((ObjectNode) body.path("metadata")).set("managedFields", managed);
    }
    return store.exclusively(() -> {
      admit(key, body);
      if (options.dryRun()) {
        return new StoredObject(key, body, store.revision());
      }
      StoredObject made = store.put(key, body);
      audit.done(action, made, 201);
      return made;
    });
  }

  private void admit(ObjectKey key, ObjectNode body) {
    if (key.kind().namespaced()) {
      StoredObject namespace =
          existing(new ObjectKey(ResourceKinds.NAMESPACES, "", key.namespace()));
      if (namespace.deleting() && store.get(key) == null) {
        throw ApiFailure.namespaceTerminating(key);
      }
    }
    if (store.get(key) != null) {
      throw ApiFailure.alreadyExists(key);
    }
    serviceAccountExists(key, body);
    quotas.admit(key, body);
  }

  /** As the ServiceAccount admission plugin says it; {@code default} is taken for granted. */
  private void serviceAccountExists(ObjectKey key, ObjectNode body) {
    String account = key.kind().isPod() ? Json.text(body, "spec", "serviceAccountName") : "";
    if (account.isEmpty() || account.equals("default")) {
      return;
    }
    if (store.get(new ObjectKey(ResourceKinds.SERVICE_ACCOUNTS, key.namespace(), account))
        == null) {
      throw ApiFailure.forbidden(
          key,
          "error looking up service account %s/%s: serviceaccount \"%s\" not found"
              .formatted(key.namespace(), account, account));
    }
  }

  StoredObject update(ObjectKey key, Part part, ObjectNode body, WriteOptions options) {
    Bodies.check(key.kind(), key.namespace(), body);
    Bodies.checkName(key, body);
    Json.dropNulls(body);
    return change(key, part, "update", _ -> body, options);
  }

  StoredObject patch(
      ObjectKey key, Part part, UnaryOperator<ObjectNode> patch, WriteOptions options) {
    return change(key, part, "patch", patch, options);
  }

  /** Binds a pod to a node. */
  StoredObject bind(ObjectKey key, String node, WriteOptions options) {
    Action action = new Action("bind", "binding", options.caller());
    return exclusively(
        action,
        key,
        () -> {
          StoredObject current = existing(key);
          ObjectNode bound = Binding.bound(current, node, clock.instant());
          return options.dryRun() ? current : written(current, bound, action);
        });
  }

  Applied apply(ObjectKey key, Part part, ObjectNode configuration, WriteOptions options) {
    Bodies.check(key.kind(), key.namespace(), configuration);
    Bodies.checkName(key, configuration);
    Json.dropNulls(configuration);
    var application =
        new ServerSideApply.Application(
            configuration, options.fieldManager(), options.force(), clock.instant());
    Action action = new Action("apply", subresource(part), options.caller());
    return exclusively(
        action,
        key,
        () -> {
          StoredObject current = store.get(key);
          if (current == null && part == Part.MAIN) {
            ObjectNode first = ServerSideApply.first(application);
            ((ObjectNode) first.path("metadata")).put("name", key.name());
            return new Applied(born(key, first, action, options), true);
          }
          StoredObject live = existing(key);
          ObjectNode merged = ServerSideApply.onto(live.json(), application);
          return new Applied(commit(live, part, merged, action, options), false);
        });
  }

  Deleted delete(ObjectKey key, DeleteOptions how, WriteOptions options) {
    Action action = new Action("delete", "", options.caller());
    return exclusively(
        action,
        key,
        () -> {
          StoredObject current = existing(key);
          Preconditions.check(current, how.uid(), how.resourceVersion());
          var decision = Deletion.decide(current, how, clock.instant());
          return options.dryRun()
              ? new Deleted(current, decision instanceof Deletion.Decision.Remove)
              : carryOut(decision, current, action);
        });
  }

  private Deleted carryOut(Deletion.Decision decision, StoredObject current, Action action) {
    return switch (decision) {
      case Deletion.Decision.Remove() -> {
        audit.done(action, current, 200);
        yield new Deleted(removed(current, current.json(), action), true);
      }
      case Deletion.Decision.Mark(ObjectNode next) ->
          new Deleted(written(current, next, action), false);
      case Deletion.Decision.Nothing() -> new Deleted(current, false);
    };
  }

  private StoredObject change(
      ObjectKey key, Part part, String verb, UnaryOperator<ObjectNode> edit, WriteOptions options) {
    Action action = new Action(verb, subresource(part), options.caller());
    return exclusively(
        action,
        key,
        () -> {
          StoredObject current = existing(key);
          return commit(current, part, edit.apply(current.json()), action, options);
        });
  }

  private StoredObject commit(
      StoredObject current, Part part, ObjectNode wanted, Action action, WriteOptions options) {
    Bodies.checkName(current.key(), wanted);
    Preconditions.check(
        current,
        orNull(Json.text(wanted, "metadata", "uid")),
        orNull(Json.text(wanted, "metadata", "resourceVersion")));
    boolean apply = action.verb().equals("apply");
    ObjectNode next = Versions.next(current, part, wanted);
    if (apply) {
      ((ObjectNode) next.path("metadata"))
          .set("managedFields", Json.at(wanted, "metadata", "managedFields"));
    }
    Shapes.check(current.key().kind(), next);
    Defaults.filled(current.key().kind(), next);
    Validation.updated(current, next);
    Metadata.grown(current.key().kind(), current.json(), next);
    if (!apply && part == Part.MAIN && ManagedFields.kept(current.json())) {
      ManagedFields.afterUpdate(current.json(), next, options.fieldManager(), clock.instant());
    }
    if (Versions.same(current.json(), next)) {
      return current;
    }
    return options.dryRun()
        ? new StoredObject(current.key(), next, current.revision())
        : written(current, next, action);
  }

  private StoredObject written(StoredObject current, ObjectNode next, Action action) {
    if (Deletion.due(next)) {
      return removed(current, next, action);
    }
    StoredObject object = store.put(current.key(), next);
    audit.done(action, object, 200);
    return object;
  }

  private StoredObject removed(StoredObject current, ObjectNode last, Action action) {
    StoredObject gone = store.remove(current, last);
    audit.done(new Action("remove", "", action.caller()), gone, 200);
    return gone;
  }

  private <T> T exclusively(Action action, ObjectKey key, Supplier<T> write) {
    return noted(action, key, () -> store.exclusively(write));
  }

  private <T> T noted(Action action, ObjectKey key, Supplier<T> write) {
    try {
      return write.get();
    } catch (ApiFailure failure) {
      audit.refused(action, key, failure);
      throw failure;
    }
  }

  private static String subresource(Part part) {
    return part == Part.STATUS ? "status" : "";
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
