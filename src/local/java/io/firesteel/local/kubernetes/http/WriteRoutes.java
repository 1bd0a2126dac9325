package io.firesteel.local.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.audit.UserInfo;
import io.firesteel.local.kubernetes.http.encoding.ContinueTokens;
import io.firesteel.local.kubernetes.http.encoding.ResponseEncoder;
import io.firesteel.local.kubernetes.http.request.ListOptions;
import io.firesteel.local.kubernetes.http.request.RequestBody;
import io.firesteel.local.kubernetes.http.request.ResourcePath;
import io.firesteel.local.kubernetes.http.request.Responses;
import io.firesteel.local.kubernetes.patch.JsonMergePatch;
import io.firesteel.local.kubernetes.patch.JsonPatches;
import io.firesteel.local.kubernetes.patch.StrategicMergePatch;
import io.firesteel.local.kubernetes.rules.DeleteOptions;
import io.firesteel.local.kubernetes.rules.Registry;
import io.firesteel.local.kubernetes.rules.Subresource;
import io.firesteel.local.kubernetes.rules.WriteOptions;
import io.firesteel.local.kubernetes.store.ApiException;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.ObjectStore;
import io.firesteel.local.kubernetes.store.StoredObject;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.UnaryOperator;

/** POST, PUT, PATCH and DELETE. */
final class WriteRoutes {
  /** Custom resources; the real server supports no strategic merge patch for them. */
  private static final Set<String> CUSTOM_RESOURCE_GROUPS =
      Set.of("scheduling.volcano.sh", "scheduling.x-k8s.io");

  private final ObjectStore store;
  private final Registry registry;
  private final InstantSource clock;
  private final PodSubresources pods;

  WriteRoutes(ObjectStore store, Registry registry, InstantSource clock) {
    this.store = store;
    this.registry = registry;
    this.clock = clock;
    this.pods = new PodSubresources(registry);
  }

  void handle(HttpServerRequest request, ResourcePath path, RequestBody body, UserInfo user) {
    WriteOptions options = options(request, user);
    switch (request.method().name()) {
      case "POST" -> post(request, path, body, options);
      case "PUT" -> put(request, path, body, options);
      case "PATCH" -> patch(request, path, body, options);
      case "DELETE" -> delete(request, path, body, options);
      default -> throw ApiException.methodNotAllowed();
    }
  }

  private void post(
      HttpServerRequest request, ResourcePath path, RequestBody body, WriteOptions options) {
    if (path.kind().isPod() && !path.subresource().isEmpty()) {
      Responses.json(request, 201, pods.handle(path, body.object(), options));
      return;
    }
    if (!path.name().isEmpty() || (path.kind().namespaced() && path.namespace().isEmpty())) {
      throw ApiException.methodNotAllowed();
    }
    ObjectNode object = body.object();
    respond(
        request, path, 201, registry.create(path.key().kind(), path.namespace(), object, options));
  }

  private void put(
      HttpServerRequest request, ResourcePath path, RequestBody body, WriteOptions options) {
    ObjectNode object = body.object();
    respond(request, path, 200, registry.update(path.key(), subresource(path), object, options));
  }

  private void patch(
      HttpServerRequest request, ResourcePath path, RequestBody body, WriteOptions options) {
    Subresource subresource = subresource(path);
    switch (body.contentType()) {
      case "application/json-patch+json" -> {
        JsonNode patch = body.tree();
        edit(request, path, options, current -> JsonPatches.apply(current, patch));
      }
      case "application/merge-patch+json" -> {
        ObjectNode patch = body.object();
        edit(request, path, options, current -> (ObjectNode) JsonMergePatch.apply(current, patch));
      }
      case "application/strategic-merge-patch+json" -> {
        rejectCustomResource(path, body.contentType());
        ObjectNode patch = body.object();
        edit(request, path, options, current -> StrategicMergePatch.apply(current, patch));
      }
      case "application/apply-patch+yaml" -> {
        if (ListOptions.parameter(request, "fieldManager").isEmpty()) {
          throw ApiException.unprocessable(
              "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required"
                  + " for apply patch");
        }
        var applied = registry.apply(path.key(), subresource, body.object(), options);
        respond(request, path, applied.created() ? 201 : 200, applied.object());
      }
      default ->
          throw ApiException.unsupportedMediaType(
              body.contentType(),
              "application/json-patch+json, application/merge-patch+json,"
                  + " application/strategic-merge-patch+json, application/apply-patch+yaml");
    }
  }

  private static void rejectCustomResource(ResourcePath path, String type) {
    if (CUSTOM_RESOURCE_GROUPS.contains(path.kind().group())) {
      throw ApiException.unsupportedMediaType(
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
    respond(request, path, 200, registry.patch(path.key(), subresource(path), patch, options));
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
    boolean showsObject = !deleted.removed() || path.kind().isPod() || path.kind().is("services");
    if (showsObject) {
      respond(request, path, 200, deleted.object());
    } else {
      Responses.json(request, 200, success(path, deleted.object()));
    }
  }

  private void deleteCollection(
      HttpServerRequest request, ResourcePath path, DeleteOptions how, WriteOptions options) {
    if (path.kind().namespaced() && path.namespace().isEmpty()) {
      throw ApiException.methodNotAllowed();
    }
    ListOptions list = ListOptions.read(path, request);
    ObjectStore.Snapshot found = store.list(path.kind(), list.selection());
    for (StoredObject object : found.items()) {
      try {
        registry.delete(object.key(), how.onlyUid(object.uid()), options);
      } catch (ApiException failure) {
        // Another client deleted it first.
        if (failure.code() != 404 && failure.code() != 409) {
          throw failure;
        }
      }
    }
    var page = new ContinueTokens.Page(found.items(), store.revision(), "", 0);
    Responses.json(
        request, 200, ReadRoutes.responseEncoder(request, path.kind(), clock).list(page, false));
  }

  private static ObjectNode success(ResourcePath path, StoredObject gone) {
    ObjectNode status = JsonTrees.object();
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

  private void respond(
      HttpServerRequest request, ResourcePath path, int code, StoredObject object) {
    ResponseEncoder encoder = ReadRoutes.responseEncoder(request, path.kind(), clock);
    Responses.json(request, code, Buffer.buffer(encoder.object(object)));
  }

  private static Subresource subresource(ResourcePath path) {
    if (path.name().isEmpty()) {
      throw ApiException.methodNotAllowed();
    }
    if (path.subresource().equals("status") && path.kind().hasStatus()) {
      return Subresource.STATUS;
    }
    if (path.subresource().isEmpty() || path.subresource().equals("finalize")) {
      return Subresource.NONE;
    }
    throw ApiException.pathNotFound();
  }

  private static WriteOptions options(HttpServerRequest request, UserInfo user) {
    String manager = ListOptions.parameter(request, "fieldManager");
    String agent = user.userAgent().split("/", 2)[0];
    return new WriteOptions(
        user,
        ListOptions.parameter(request, "dryRun").equals("All"),
        manager.isEmpty() ? (agent.isEmpty() ? "unknown" : agent) : manager,
        ListOptions.booleanParameter(request, "force"));
  }
}
