package io.firesteel.local.kubelet.status;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.firesteel.local.kubelet.config.KubeletOptions;
import java.time.Instant;
import java.util.Map;

/** The Node object of this machine. */
public final class LocalNode {

  /** The address of this machine. */
  public static final String ADDRESS = "127.0.0.1";

  private LocalNode() {}

  public static Node of(KubeletOptions options, Instant now) {
    var capacity =
        Map.of(
            "cpu", new Quantity(options.cores().toPlainString()),
            "memory", new Quantity(String.valueOf(options.memory())),
            "pods", new Quantity("1000"));
    return new NodeBuilder()
        .withNewMetadata()
        .withName(options.nodeName())
        .withLabels(labels(options))
        .endMetadata()
        .withNewSpec()
        .endSpec()
        .withNewStatus()
        .withCapacity(capacity)
        .withAllocatable(capacity)
        .addNewAddress(ADDRESS, "InternalIP")
        .addNewAddress(options.nodeName(), "Hostname")
        .withConditions(
            new NodeConditionBuilder()
                .withType("Ready")
                .withStatus("True")
                .withReason("KubeletReady")
                .withMessage("kubelet is posting ready status")
                .withLastHeartbeatTime(ContainerStatuses.time(now))
                .withLastTransitionTime(ContainerStatuses.time(now))
                .build())
        .endStatus()
        .build();
  }

  public static Map<String, String> labels(KubeletOptions options) {
    return Map.of(
        "kubernetes.io/hostname", options.nodeName(),
        "kubernetes.io/os", "linux",
        "kubernetes.io/arch", arch(System.getProperty("os.arch", "")));
  }

  private static String arch(String java) {
    return java.equals("aarch64") ? "arm64" : java;
  }
}
