package io.firesteel.driver.operator;

import io.fabric8.kubernetes.api.model.CapabilitiesBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.List;

/**
 * Defaults for fields that neither spec nor template sets: the restricted profile of Kubernetes'
 * Pod Security Standards, and no variables for the Services of the namespace, because thousands of
 * them make the environment too large to start a process.
 */
final class PodDefaults {

  private PodDefaults() {}

  static void apply(PodSpec pod, List<Container> containers) {
    if (pod.getEnableServiceLinks() == null) {
      pod.setEnableServiceLinks(false);
    }
    if (pod.getSecurityContext() == null) {
      var context = new PodSecurityContext();
      context.setRunAsNonRoot(true);
      context.setSeccompProfile(new SeccompProfile(null, "RuntimeDefault"));
      pod.setSecurityContext(context);
    }
    for (Container container : containers) {
      if (container.getSecurityContext() == null) {
        var context = new SecurityContext();
        context.setAllowPrivilegeEscalation(false);
        context.setCapabilities(new CapabilitiesBuilder().withDrop("ALL").build());
        container.setSecurityContext(context);
      }
    }
  }
}
