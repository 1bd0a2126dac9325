package io.firesteel.local.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The objects of a run on the cluster. What the API server does not serve, or does not let this
 * user create, is left out and reported. For one thread.
 */
final class Installation {

  private static final String FIELD_MANAGER = "firesteel-acceptance";
  private static final int GONE_MINUTES = 3;

  private final KubernetesClient client;
  private final Consumer<String> output;
  private final List<HasMetadata> applied = new ArrayList<>();
  private final Set<String> missingKinds = new LinkedHashSet<>();

  Installation(KubernetesClient client, Consumer<String> output) {
    this.client = client;
    this.output = output;
  }

  /** Creates the objects, or changes those of an earlier run. */
  void apply(String yaml) {
    for (HasMetadata object : client.load(new ByteArrayInputStream(yaml.getBytes(UTF_8))).items()) {
      apply(object);
    }
  }

  private void apply(HasMetadata object) {
    if (!client.supports(object.getApiVersion(), object.getKind())) {
      leaveOut(object, "the API server does not serve this kind");
      return;
    }
    try {
      client.resource(object).fieldManager(FIELD_MANAGER).forceConflicts().serverSideApply();
      applied.add(object);
    } catch (KubernetesClientException e) {
      if (e.getCode() != 403) {
        throw e;
      }
      leaveOut(object, e.getStatus() == null ? "forbidden" : e.getStatus().getMessage());
    }
  }

  private void leaveOut(HasMetadata object, String reason) {
    if (missingKinds.add(object.getKind())) {
      output.accept("not installed: %s, because %s".formatted(object.getKind(), reason));
    }
  }

  /** Whether objects of the kind exist. */
  boolean has(String kind) {
    return !missingKinds.contains(kind);
  }

  /** Whether a claim for a volume without a class is filled. */
  static boolean hasDefaultStorageClass(KubernetesClient client) {
    try {
      return client.storage().v1().storageClasses().list().getItems().stream()
          .map(storageClass -> storageClass.getMetadata().getAnnotations())
          .filter(Objects::nonNull)
          .anyMatch(annotations ->
              "true".equals(annotations.get("storageclass.kubernetes.io/is-default-class")));
    } catch (KubernetesClientException _) {
      return false;
    }
  }

  /**
   * Deletes what is outside of namespaces, the namespaces, and all that is in them, and waits until
   * they are gone.
   */
  void remove() {
    List<HasMetadata> roots =
        applied.stream()
            .filter(object ->
                object.getKind().equals("Namespace") || object.getKind().startsWith("ClusterRole"))
            .toList();
    // First the tenants' namespaces, while the worker still runs, then the worker's.
    for (HasMetadata object : roots.reversed()) {
      client.resource(object).delete();
    }
    for (HasMetadata object : roots) {
      try {
        client.resource(object).waitUntilCondition(Objects::isNull, GONE_MINUTES, TimeUnit.MINUTES);
      } catch (KubernetesClientException e) {
        output.accept(
            "%s %s is not gone yet: %s"
                .formatted(object.getKind(), object.getMetadata().getName(), e.getMessage()));
      }
    }
  }
}
