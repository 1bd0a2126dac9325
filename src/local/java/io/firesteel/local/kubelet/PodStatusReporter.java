package io.firesteel.local.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the status of one pod to the API server. The caller must retry a failed report. For one
 * thread.
 */
final class PodStatusReporter {

  private static final Logger LOG = LoggerFactory.getLogger(PodStatusReporter.class);
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private final KubernetesClient client;
  private @Nullable PodStatus reported;

  PodStatusReporter(KubernetesClient client, Pod pod) {
    this.client = client;
    this.reported = pod.getStatus();
  }

  @Nullable PodStatus reported() {
    return reported;
  }

  /** Returns false for a retry; a pod that is gone needs no report. */
  boolean report(Pod pod, PodStatus status) {
    if (status.equals(reported)) {
      return true;
    }
    try {
      StatusPatch.send(client, pod, status);
      reported = status;
      return true;
    } catch (KubernetesClientException e) {
      return isFinal("report", pod, e);
    }
  }

  /** Removes the pod from the API server; returns false for a retry. */
  boolean remove(Pod pod) {
    try {
      client.resource(pod).withGracePeriod(0).delete();
      return true;
    } catch (KubernetesClientException e) {
      return isFinal("remove", pod, e);
    }
  }

  private static boolean isFinal(String what, Pod pod, KubernetesClientException e) {
    LOG.debug("Cannot {} pod {}: {}", what, pod.getMetadata().getName(), e.getMessage());
    return e.getCode() == NOT_FOUND || e.getCode() == CONFLICT;
  }
}
