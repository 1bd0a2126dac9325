package io.firesteel.local.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The kustomize overlays of a run: {@code k8s/base} and {@code k8s/tenant} with its namespaces,
 * image, broker and definitions. All names of objects outside of a namespace end with the worker's
 * namespace, so that another installation on the cluster is left alone.
 *
 * @param home the checkout
 * @param folder for the overlays, below the checkout
 * @param ownVolume whether the worker gets a volume; else its state is in the pod's own folder
 */
record Overlay(Path home, Path folder, AcceptanceOptions options, boolean ownVolume) {

  private static final int KUBECTL_SECONDS = 60;

  /** What the worker is configured with, beside its definitions. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("KAFKA_BOOTSTRAP_SERVERS", options.kafka());
    settings.put("FIRESTEEL_TOPICS_PREFIX", options.topicPrefix());
    settings.put("FIRESTEEL_TOPICS_PARTITIONS", "3");
    settings.put("FIRESTEEL_CLUSTER_START_TIMEOUT", "PT15S");
    settings.put("FIRESTEEL_CLUSTER_SCHEDULING_TIMEOUT", "PT20S");
    return settings;
  }

  /**
   * The tenants of {@link JobPlan}, and a cluster that confines the worker to their namespaces, so
   * that it has nothing to do with the drivers of another installation.
   */
  String definitions() {
    return """
    apiVersion: firesteel.io/v1alpha1
    kind: Cluster
    metadata:
      name: default
    spec:
      namespaces: [%s, %s, %s]
    ---
    """
            .formatted(
                options.namespaceOf(JobPlan.SPARK),
                options.namespaceOf(JobPlan.FAULTS),
                options.namespaceOf(JobPlan.HOMELESS))
        + tenant(JobPlan.SPARK, 3, "")
        + "---\n"
        + tenant(
            JobPlan.FAULTS, 6, "  allow:\n    hostNetwork: true\n    serviceAccounts: [nobody]\n")
        + "---\n"
        + tenant(JobPlan.HOMELESS, 1, "");
  }

  private String tenant(String name, int maxConcurrency, String rest) {
    return """
    apiVersion: firesteel.io/v1alpha1
    kind: Tenant
    metadata:
      name: %s
    spec:
      namespace: %s
      maxConcurrency: %d
    """
            .formatted(name, options.namespaceOf(name), maxConcurrency)
        + rest;
  }

  /** The objects of the worker, as YAML. */
  String worker(String image) throws IOException, InterruptedException {
    Path worker = Files.createDirectories(folder.resolve("worker"));
    Files.writeString(worker.resolve("tenants.yaml"), definitions());
    var settings = new StringBuilder();
    settings().forEach((name, value) -> settings.append("      - %s=%s%n".formatted(name, value)));
    int port = options.kafka().lastIndexOf(':');
    return kustomize(
        worker,
        """
        namespace: %1$s
        nameSuffix: -%1$s
        resources: [%2$s]
        replicas: [{name: firesteel, count: %3$d}]
        images: [%4$s]
        configMapGenerator:
          - name: firesteel-definitions
            behavior: replace
            files: [tenants.yaml]
          - name: firesteel-settings
            literals:
        %5$sgeneratorOptions:
          disableNameSuffixHash: true
        patches:
          - target: {kind: ClusterRoleBinding}
            patch: |-
              - {op: replace, path: /subjects/0/name, value: firesteel-%1$s}
              - {op: replace, path: /subjects/0/namespace, value: %1$s}
          - target: {kind: NetworkPolicy}
            patch: |-
              - {op: add, path: /spec/egress/1/ports/-, value: {port: %6$s, protocol: TCP}}
        %7$s\
        """
            .formatted(
                options.namespace(),
                worker.relativize(home.resolve("k8s/base")),
                options.replicas(),
                image(image),
                settings,
                options.kafka().substring(port + 1),
                ownVolume ? "" : WITHOUT_VOLUME));
  }

  private static final String WITHOUT_VOLUME =
      """
        - target: {kind: StatefulSet}
          patch: |-
            - {op: remove, path: /spec/volumeClaimTemplates}
            - {op: add, path: /spec/template/spec/volumes/-, value: {name: state, emptyDir: {}}}
      """;

  /** Name and tag; a registry may have a port. */
  private static String image(String reference) {
    int at = reference.indexOf('@');
    int colon = reference.lastIndexOf(':');
    if (at > 0) {
      return "{name: firesteel-worker, newName: \"%s\", digest: \"%s\"}"
          .formatted(reference.substring(0, at), reference.substring(at + 1));
    }
    boolean tagged = colon > reference.lastIndexOf('/');
    return "{name: firesteel-worker, newName: \"%s\", newTag: \"%s\"}"
        .formatted(
            tagged ? reference.substring(0, colon) : reference,
            tagged ? reference.substring(colon + 1) : "latest");
  }

  /** The objects of a tenant's namespace, as YAML. */
  String tenant(String name) throws IOException, InterruptedException {
    Path tenant = Files.createDirectories(folder.resolve(name));
    ProbeJar.write(tenant);
    return kustomize(
        tenant,
        """
        namespace: %1$s
        resources: [%2$s]
        secretGenerator:
          - name: %3$s
            literals: [%4$s=2]
            files: [%6$s]
        generatorOptions:
          disableNameSuffixHash: true
        patches:
          - target: {kind: RoleBinding, name: firesteel-drivers}
            patch: |-
              - {op: replace, path: /roleRef/name, value: firesteel-drivers-%5$s}
              - {op: replace, path: /subjects/0/name, value: firesteel-%5$s}
              - {op: replace, path: /subjects/0/namespace, value: %5$s}
          - target: {kind: ResourceQuota}
            patch: |-
              - {op: replace, path: /spec/hard/requests.cpu, value: "10"}
        """
            .formatted(
                options.namespaceOf(name),
                tenant.relativize(home.resolve("k8s/tenant")),
                JobPlan.SECRET,
                JobPlan.SECRET_KEY,
                options.namespace(),
                ProbeJar.NAME));
  }

  private static String kustomize(Path overlay, String kustomization)
      throws IOException, InterruptedException {
    Files.writeString(
        overlay.resolve("kustomization.yaml"),
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n" + kustomization);
    Path output = overlay.resolve("objects.yaml");
    Path errors = overlay.resolve("errors.txt");
    Process kubectl =
        new ProcessBuilder(List.of("kubectl", "kustomize", overlay.toString()))
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    if (!kubectl.waitFor(KUBECTL_SECONDS, TimeUnit.SECONDS) || kubectl.exitValue() != 0) {
      kubectl.destroyForcibly();
      throw new IOException("kubectl kustomize failed: " + Files.readString(errors));
    }
    return Files.readString(output, StandardCharsets.UTF_8);
  }
}
