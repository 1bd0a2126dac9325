package io.firesteel.local.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.UnaryOperator;

/** POST, PUT, PATCH and DELETE. */
final class WriteRoutes {
  /** Custom resources, for which the real server knows no strategic merge. */
  private static final Set<String> CUSTOM = Set.of("scheduling.volcano.sh", "scheduling.x-k8s.io");

  private final ObjectStore store;
  private final Registry registry;
  private final InstantSource clock;
  private final PodActions pods;

  WriteRoutes(ObjectStore store, Registry registry, InstantSource clock) {
    this.store = store;
    this.registry = registry;
    this.clock = clock;
    this.pods = new PodActions(registry);
  }

  void handle(HttpServerRequest request, ResourcePath path, RequestBody body, Caller caller) {
    WriteOptions options = options(request, caller);
    switch (request.method().name()) {
      case "POST" -> post(request, path, body, options);
      case "PUT" -> put(request, path, body, options);
      case "PATCH" -> patch(request, path, body, options);
      case "DELETE" -> delete(request, path, body, options);
      default -> throw ApiFailure.methodNotAllowed();
    }
  }

  private void post(
      HttpServerRequest request, ResourcePath path, RequestBody body, WriteOptions options) {
    if (path.kind().isPod() && !path.subresource().isEmpty()) {
      Answers.json(request, 201, pods.handle(path, body.object(), options));
      return;
    }
    if (!path.name().isEmpty() || (path.kind().namespaced() && path.namespace().isEmpty())) {
      throw ApiFailure.methodNotAllowed();
    }
    ObjectNode object = stored(path.kind(), body.object());
    answer(
        request, path, 201, registry.create(path.key().kind(), path.namespace(), object, options));
  }

  private void put(
      HttpServerRequest request, ResourcePath path, RequestBody body, WriteOptions options) {
    ObjectNode object = stored(path.kind(), body.object());
    answer(request, path, 200, registry.update(path.key(), part(path), object, options));
  }

  private void patch(
      HttpServerRequest request, ResourcePath path, RequestBody body, WriteOptions options) {
    Part part = part(path);
    switch (body.contentType()) {
      case "application/json-patch+json" -> {
        JsonNode patch = body.tree();
        edit(request, path, options, current -> JsonPatches.apply(current, patch));
      }
      case "application/merge-patch+json" -> {
        ObjectNode patch = stored(path.kind(), body.object());
        edit(request, path, options, current -> (ObjectNode) MergePatch.apply(current, patch));
      }
      case "application/strategic-merge-patch+json" -> {
        refuseCustom(path, body.contentType());
        ObjectNode patch = stored(path.kind(), body.object());
        edit(request, path, options, current -> StrategicMerge.apply(current, patch));
      }
      case "application/apply-patch+yaml" -> {
        if (ListRequest.text(request, "fieldManager").isEmpty()) {
          throw ApiFailure.unprocessable(
              "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required"
                  + " for apply patch");
        }
        var applied = registry.apply(path.key(), part, stored(path.kind(), body.object()), options);
        answer(request, path, applied.created() ? 201 : 200, applied.object());
      }
      default ->
          throw ApiFailure.unsupportedMediaType(
              body.contentType(),
              "application/json-patch+json, application/merge-patch+json,"
                  + " application/strategic-merge-patch+json, application/apply-patch+yaml");
    }
  }

  private static void refuseCustom(ResourcePath path, String type) {
    if (CUSTOM.contains(path.kind().group())) {
      throw ApiFailure.unsupportedMediaType(
          type,
          "application/json-patch+json, application/merge-patch+json,"
              + " application/apply-patch+yaml");
    }
  }

  private void edit(
      HttpServerRequest request,
      ResourcePath path,
      WriteOptions options,
      UnaryOperator<ObjectNode> patch) {
    answer(request, path, 200, registry.patch(path.key(), part(path), patch, options));
  }

  private void delete(
      HttpServerRequest request, ResourcePath path, RequestBody body, WriteOptions options) {
    DeleteOptions how =
        DeleteOptions.read(
            body.objectOrEmpty(),
            request.getParam("gracePeriodSeconds"),
            request.getParam("propagationPolicy"));
    if (path.name().isEmpty()) {
      deleteCollection(request, path, how, options);
      return;
    }
    Registry.Deleted deleted = registry.delete(path.key(), how, options);
    boolean showsObject = !deleted.gone() || path.kind().isPod() || path.kind().is("services");
    if (showsObject) {
      answer(request, path, 200, deleted.object());
    } else {
      Answers.json(request, 200, success(path, deleted.object()));
    }
  }

  private void deleteCollection(
      HttpServerRequest request, ResourcePath path, DeleteOptions how, WriteOptions options) {
    if (path.kind().namespaced() && path.namespace().isEmpty()) {
      throw ApiFailure.methodNotAllowed();
    }
    ListRequest list = ListRequest.read(path, request);
    ObjectStore.Snapshot found = store.list(path.kind(), list.selection());
    for (StoredObject object : found.items()) {
      try {
        registry.delete(object.key(), how.onlyUid(object.uid()), options);
      } catch (ApiFailure failure) {
        // Somebody else was faster: it is gone already, which is what was asked for.
        if (failure.code() != 404 && failure.code() != 409) {
          throw failure;
        }
      }
    }
    var page = new Continuations.Page(found.items(), store.revision(), "", 0);
    Answers.json(request, 200, ReadRoutes.rendering(request, path.kind(), clock).list(page, false));
  }

  private static ObjectNode success(ResourcePath path, StoredObject gone) {
    ObjectNode status = Json.object();
    status.put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Success");
    ObjectNode details = status.putObject("details").put("name", path.name());
    if (!path.kind().group().isEmpty()) {
      details.put("group", path.kind().group());
    }
    details.put("kind", path.kind().plural()).put("uid", gone.uid());
    return status;
  }

  private void answer(HttpServerRequest request, ResourcePath path, int code, StoredObject object) {
    Rendering rendering = ReadRoutes.rendering(request, path.kind(), clock);
    Answers.json(request, code, Buffer.buffer(rendering.object(object)));
  }

  private static ObjectNode stored(ResourceKind kind, ObjectNode object) {
    return EventView.applies(kind) ? EventView.toCore(object) : object;
  }

  private static Part part(ResourcePath path) {
    if (path.name().isEmpty()) {
      throw ApiFailure.methodNotAllowed();
    }
    if (path.subresource().equals("status") && path.kind().hasStatus()) {
      return Part.STATUS;
    }
    if (path.subresource().isEmpty() || path.subresource().equals("finalize")) {
      return Part.MAIN;
    }
    throw ApiFailure.noSuchPath();
  }

  private static WriteOptions options(HttpServerRequest request, Caller caller) {
    String manager = ListRequest.text(request, "fieldManager");
    String agent = caller.userAgent().split("/", 2)[0];
    return new WriteOptions(
        caller,
        ListRequest.text(request, "dryRun").equals("All"),
        manager.isEmpty() ? (agent.isEmpty() ? "unknown" : agent) : manager,
        ListRequest.flag(request, "force"));
  }
}
