package io.firesteel.cluster.api;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Set;

/**
 * Makes clients of clusters, with their calls counted. Watches have a client of their own that
 * loses nothing: the usual one (Vert.x) now and then drops what a server sends right behind a
 * websocket's handshake, the JDK's asks for each message. Thread-safe.
 */
public final class KubernetesClients {

  private final KubernetesSerialization serialization;
  private final MeterRegistry registry;
  private final Clock clock;

  public KubernetesClients(
      KubernetesSerialization serialization, MeterRegistry registry, Clock clock) {
    this.serialization = serialization;
    this.registry = registry;
    this.clock = clock;
  }

  /** Whether a cluster answers, as its clients will note it. */
  public Reachability reachability(String name) {
    return new Reachability(name, registry, clock);
  }

  /** Connects when it is first used; to be closed by the caller. */
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

  private KubernetesClientBuilder builder(Config where) {
    return new KubernetesClientBuilder()
        .withConfig(where)
        .withKubernetesSerialization(serialization);
  }

  private HttpClient.Builder withInterceptors(
      HttpClient.Builder http, String name, Reachability reachability) {
    return http.addOrReplaceInterceptor("metrics", new ApiMetrics(registry, name))
        .addOrReplaceInterceptor("reach", reachability);
  }
}
