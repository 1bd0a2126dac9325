package io.firesteel.cluster.controller;

import io.firesteel.local.kubelet.Kubelet;
import io.firesteel.local.kubelet.config.KubeletOptions;
import io.firesteel.local.kubelet.config.SparkInstallation;
import io.firesteel.local.kubernetes.KubernetesApi;
import io.firesteel.local.kubernetes.KubernetesApiOptions;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the contract is tried: in the cluster that {@code -Dcontract.kubeconfig} leads to, with
 * {@code -Dcontract.image}, or else on a laptop platform of its own.
 *
 * @param image has a shell
 * @param laptop to be stopped at the end
 */
record ContractTarget(File kubeconfig, String image, @Nullable Laptop laptop)
    implements AutoCloseable {

  record Laptop(KubernetesApi api, Kubelet kubelet) {}

  static ContractTarget find() throws IOException {
    String kubeconfig = System.getProperty("contract.kubeconfig");
    return kubeconfig == null
        ? ofItsOwn()
        : new ContractTarget(
            new File(kubeconfig), System.getProperty("contract.image", "busybox:1"), null);
  }

  private static ContractTarget ofItsOwn() throws IOException {
    Path folder = Files.createTempDirectory("contract");
    Path logs = folder.resolve("logs");
    KubernetesApi api = KubernetesApi.start(KubernetesApiOptions.defaults().withPodLogs(logs));
    api.writeKubeconfig(folder.resolve("kubeconfig"));
    Path java = Path.of(System.getProperty("java.home"));
    var noSpark = new SparkInstallation(java, folder, "", List.of(), List.of(), false);
    Kubelet kubelet =
        Kubelet.start(
            KubeletOptions.laptop(URI.create(api.url()), folder.resolve("kubelet"), logs, noSpark));
    return new ContractTarget(
        folder.resolve("kubeconfig").toFile(), "busybox:1", new Laptop(api, kubelet));
  }

  @Override
  public void close() {
    if (laptop != null) {
      laptop.kubelet().close();
      laptop.api().close();
    }
  }
}
