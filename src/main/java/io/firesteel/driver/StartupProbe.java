package io.firesteel.driver;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import java.util.Map;

/**
 * The probe by which the kubelet notices that Spark's UI listens, which it does once the Spark
 * context starts. The pod becomes ready then, and stays so: unlike a readiness probe, a startup
 * probe ends with its first success, so a driver in a long garbage collection keeps its endpoints.
 * It never ends a container. It connects only, because the UI may ask for authentication or
 * redirect, and renders pages for requests.
 */
public final class StartupProbe {

  /** No driver starts faster, and each failed probe makes an event. */
  private static final int INITIAL_DELAY_SECONDS = 5;

  /** A driver waits for a second until its pod is ready, before it requests executors. */
  private static final int PERIOD_SECONDS = 1;

  private static final String UI_PORT = "spark-ui";

  private StartupProbe() {}

  /**
   * Adds the probe to Spark's container, unless the container has a startup or readiness probe of
   * its own, or its UI is disabled.
   */
  public static void addTo(Pod driver, Map<String, String> properties) {
    boolean ui = !"false".equalsIgnoreCase(properties.getOrDefault("spark.ui.enabled", "").trim());
    for (Container container : driver.getSpec().getContainers()) {
      for (ContainerPort port : container.getPorts()) {
        if (ui && UI_PORT.equals(port.getName()) && !isProbed(container)) {
          container.setStartupProbe(
              new ProbeBuilder()
                  .withNewTcpSocket()
                  .withNewPort(port.getContainerPort())
                  .endTcpSocket()
                  .withInitialDelaySeconds(INITIAL_DELAY_SECONDS)
                  .withPeriodSeconds(PERIOD_SECONDS)
                  .withFailureThreshold(Integer.MAX_VALUE)
                  .build());
        }
      }
    }
  }

  /** Whether a container counts as ready only after a probe of it succeeded. */
  public static boolean isProbed(Container container) {
    return container.getStartupProbe() != null || container.getReadinessProbe() != null;
  }
}
