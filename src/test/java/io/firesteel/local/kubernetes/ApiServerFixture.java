package io.firesteel.local.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.firesteel.local.kubernetes.audit.AuditEntry;
import io.firesteel.local.kubernetes.audit.AuditLog;
import io.firesteel.local.kubernetes.rules.Subresource;
import io.firesteel.local.kubernetes.rules.WriteOptions;
import io.firesteel.local.kubernetes.store.JsonTrees;
import io.firesteel.local.kubernetes.store.ObjectKey;
import io.firesteel.local.kubernetes.store.ResourceKinds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A server with an audit log and a log folder, a fabric8 client and plain HTTP. */
public final class ApiServerFixture implements AutoCloseable {
  static final String NAMESPACE = "team-a";
  private static final WriteOptions AS_TEST = WriteOptions.by("test");

  private final Path folder = temporary();
  private final KubernetesApi api;
  private final KubernetesClient client;
  private final HttpClient http = HttpClient.newHttpClient();

  private ApiServerFixture(UnaryOperator<KubernetesApiOptions> change) {
    KubernetesApiOptions options =
        KubernetesApiOptions.defaults()
            .withNamespaces(NAMESPACE, "team-b")
            .withAuditLog(folder.resolve("audit.jsonl"))
            .withPodLogs(folder.resolve("logs"));
    this.api = KubernetesApi.start(change.apply(options));
    this.client = new KubernetesClientBuilder().withConfig(config()).build();
  }

  public static ApiServerFixture start() {
    return new ApiServerFixture(options -> options);
  }

  public static ApiServerFixture start(UnaryOperator<KubernetesApiOptions> change) {
    return new ApiServerFixture(change);
  }

  /** An HTTP response. */
  record Response(int code, String body) {
    JsonNode json() {
      try {
        return JsonTrees.MAPPER.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public KubernetesApi api() {
    return api;
  }

  public KubernetesClient client() {
    return client;
  }

  public Path folder() {
    return folder;
  }

  private Config config() {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(api.url())
        .withNamespace(NAMESPACE)
        .withRequestRetryBackoffLimit(0)
        .build();
  }

  public Pod create(Pod pod) {
    return client.resource(pod).create();
  }

  public Pod create(String name) {
    return create(pod(name));
  }

  public static Pod pod(String name) {
    return pod(name, Map.of());
  }

  public static Pod pod(String name, Map<String, String> labels) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(NAMESPACE)
        .withLabels(labels)
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .addNewContainer()
        .withName("main")
        .withImage("example/app:1")
        .endContainer()
        .endSpec()
        .build();
  }

  /** Reports a pod as running on a node, as a kubelet does. */
  public void markRunning(String name) {
    bind(NAMESPACE, name);
    ObjectNode status = JsonTrees.object().put("phase", "Running").put("podIP", "10.0.0.1");
    ObjectNode container = status.putArray("containerStatuses").addObject();
    container.put("name", "main").put("ready", true).put("restartCount", 0);
    container.put("image", "example/app:1").put("imageID", "");
    container.putObject("state").putObject("running").put("startedAt", "2026-01-01T00:00:00Z");
    patchStatus(name, status);
  }

  /** Reports the end of a pod's container. */
  public void markTerminated(String name, int exitCode) {
    ObjectNode status = JsonTrees.object().put("phase", exitCode == 0 ? "Succeeded" : "Failed");
    ObjectNode container = status.putArray("containerStatuses").addObject();
    container.put("name", "main").put("ready", false).put("restartCount", 0);
    container.put("image", "example/app:1").put("imageID", "");
    container
        .putObject("state")
        .putObject("terminated")
        .put("exitCode", exitCode)
        .put("reason", exitCode == 0 ? "Completed" : "Error");
    patchStatus(name, status);
  }

  void bind(String namespace, String name) {
    api.registry().bind(new ObjectKey(ResourceKinds.PODS, namespace, name), "laptop", AS_TEST);
  }

  private void patchStatus(String name, ObjectNode status) {
    api.registry()
        .patch(
            new ObjectKey(ResourceKinds.PODS, NAMESPACE, name),
            Subresource.STATUS,
            current -> {
              ObjectNode next = JsonTrees.shallow(current);
              next.set("status", JsonTrees.shallow(current.path("status")).setAll(status));
              return next;
            },
            AS_TEST);
  }

  Response get(String path) {
    return send("GET", path, "", Map.of());
  }

  Response send(String method, String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(api.url() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Response(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Response post(String path, String body) {
    return send("POST", path, body, Map.of("Content-Type", "application/json"));
  }

  public List<AuditEntry> audit() {
    try {
      return AuditLog.read(folder.resolve("audit.jsonl"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("laptop-cluster");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    client.close();
    http.close();
    api.close();
  }
}
