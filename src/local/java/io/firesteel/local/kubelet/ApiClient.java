package io.firesteel.local.kubelet;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;

/**
 * Clients for the local API server that ignore the user's kubeconfig and environment. They name
 * their HTTP client, because Quarkus' HTTP client, which is on the class path too, keeps the JVM
 * from exiting.
 */
public final class ApiClient {

  private ApiClient() {}

  /** A client with every right. */
  public static KubernetesClient to(String url) {
    var config =
        new ConfigBuilder()
            .withAutoConfigure(false)
            .withMasterUrl(url)
            .withNamespace("default")
            .build();
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientFactory(new VertxHttpClientFactory())
        .build();
  }
}
