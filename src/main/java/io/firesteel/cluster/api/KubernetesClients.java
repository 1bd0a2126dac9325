package io.firesteel.cluster.api;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;

/**
 * Creates the clients of clusters; their calls are counted. Watches use the JDK's HTTP client,
 * because the default one (Vert.x) sometimes drops what a server sends right after the websocket
 * handshake; the JDK's requests each message. Thread-safe.
 */
public final class KubernetesClients {

  private final KubernetesSerialization serialization;
  private final MeterRegistry registry;

  public KubernetesClients(KubernetesSerialization serialization, MeterRegistry registry) {
    this.serialization = serialization;
    this.registry = registry;
  }

  /** Returns a connection that opens on first use. The caller closes it. */
  public ClusterConnection connect(
      String name,
      Config where,
      Set<String> namespaces,
      FairExecutor executor,
      Reachability reachability) {
    var calls =
        builder(where)
            .withHttpClientBuilderConsumer(http -> withInterceptors(http, name, reachability));
    var watches =
        builder(where)
            .withHttpClientFactory(new JdkHttpClientFactory())
            .withHttpClientBuilderConsumer(
                http -> withInterceptors(http, name, reachability).preferHttp11());
    return new ClusterConnection(
        name, calls.build(), watches.build(), namespaces, executor, reachability);
  }

  /** Returns a client for reading logs, by the JDK's HTTP client. The caller closes it. */
  KubernetesClient connectForLogs(String name, Config where) {
    return builder(where)
        .withHttpClientFactory(new JdkHttpClientFactory())
        .withHttpClientBuilderConsumer(
            http -> http.addOrReplaceInterceptor("metrics", new ApiMetrics(registry, name)))
        .build();
  }

  private KubernetesClientBuilder builder(Config where) {
    return new KubernetesClientBuilder()
        .withConfig(where)
        .withKubernetesSerialization(serialization);
  }

  private HttpClient.Builder withInterceptors(
      HttpClient.Builder http, String name, Reachability reachability) {
    return http.addOrReplaceInterceptor("metrics", new ApiMetrics(registry, name))
        .addOrReplaceInterceptor("reachability", reachability);
  }
}
