package io.firesteel.local.kubelet;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;

/**
 * Makes clients for the laptop's API server that take nothing from whoever uses the machine: no
 * kubeconfig, no environment. The HTTP client is named, because Quarkus' own, which is on the class
 * path too, keeps a JVM from ending.
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
