package io.firesteel.cluster;

import io.firesteel.local.kubelet.Kubelet;
import io.firesteel.local.kubelet.KubeletOptions;
import io.firesteel.local.kubelet.plan.SparkInstall;
import io.firesteel.local.kubernetes.KubernetesApi;
import io.firesteel.local.kubernetes.Options;
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
record ContractPlace(File kubeconfig, String image, @Nullable Laptop laptop)
    implements AutoCloseable {

  record Laptop(KubernetesApi api, Kubelet kubelet) {}

  static ContractPlace find() throws IOException {
    String kubeconfig = System.getProperty("contract.kubeconfig");
    return kubeconfig == null
        ? ofItsOwn()
        : new ContractPlace(
            new File(kubeconfig), System.getProperty("contract.image", "busybox:1"), null);
  }

  private static ContractPlace ofItsOwn() throws IOException {
    Path folder = Files.createTempDirectory("contract");
    Path logs = folder.resolve("logs");
    KubernetesApi api = KubernetesApi.start(Options.any().withPodLogs(logs));
    api.writeKubeconfig(folder.resolve("kubeconfig"));
    Path java = Path.of(System.getProperty("java.home"));
    var noSpark = new SparkInstall(java, folder, "", List.of(), List.of(), false);
    Kubelet kubelet =
        Kubelet.start(
            KubeletOptions.laptop(URI.create(api.url()), folder.resolve("kubelet"), logs, noSpark));
    return new ContractPlace(
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
