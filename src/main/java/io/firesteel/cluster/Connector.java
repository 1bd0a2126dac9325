package io.firesteel.cluster;

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
final class Connector {

  private final KubernetesSerialization serialization;
  private final MeterRegistry registry;
  private final Clock clock;

  Connector(KubernetesSerialization serialization, MeterRegistry registry, Clock clock) {
    this.serialization = serialization;
    this.registry = registry;
    this.clock = clock;
  }

  /** Whether a cluster answers, as its clients will note it. */
  Reach reach(String name) {
    return new Reach(name, registry, clock);
  }

  /** Connects when it is first used; to be closed by the caller. */
  Cluster connect(String name, Config where, Set<String> namespaces, Turns turns, Reach reach) {
    var calls = builder(where).withHttpClientBuilderConsumer(http -> metered(http, name, reach));
    var watches =
        builder(where)
            .withHttpClientFactory(new JdkHttpClientFactory())
            .withHttpClientBuilderConsumer(http -> metered(http, name, reach).preferHttp11());
    return new Cluster(name, calls.build(), watches.build(), namespaces, turns, reach);
  }

  private KubernetesClientBuilder builder(Config where) {
    return new KubernetesClientBuilder()
        .withConfig(where)
        .withKubernetesSerialization(serialization);
  }

  private HttpClient.Builder metered(HttpClient.Builder http, String name, Reach reach) {
    return http.addOrReplaceInterceptor("metrics", new ApiMetrics(registry, name))
        .addOrReplaceInterceptor("reach", reach);
  }
}
