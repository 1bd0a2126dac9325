package io.firesteel.driver;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.firesteel.spec.SparkApplicationSpec;

/**
 * {@code driverPodDisruptionBudget}: nobody drains the driver's node while it runs. After the
 * operator's {@code driver_pdb.go}.
 */
final class Disruption {

  private Disruption() {}

  static void objects(SparkApplicationSpec spec, DriverNames names, DriverDraft draft) {
    if (Boolean.TRUE.equals(spec.driverPodDisruptionBudget())) {
      draft
          .owned()
          .add(
              new PodDisruptionBudgetBuilder()
                  .withNewMetadata()
                  .withName(names.pod())
                  .endMetadata()
                  .withNewSpec()
                  .withMinAvailable(new IntOrString(1))
                  .withNewSelector()
                  .withMatchLabels(WebAccess.selector(names))
                  .endSelector()
                  .endSpec()
                  .build());
    }
  }
}
