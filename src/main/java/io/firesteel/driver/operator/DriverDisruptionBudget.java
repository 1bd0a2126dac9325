package io.firesteel.driver.operator;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.firesteel.driver.submit.DriverDraft;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.spec.SparkApplicationSpec;

/**
 * {@code driverPodDisruptionBudget}: keeps evictions away from the running driver. After the
 * operator's {@code driver_pdb.go}.
 */
public final class DriverDisruptionBudget {

  private DriverDisruptionBudget() {}

  /** Adds the budget, if the spec asks for it. */
  public static void objects(SparkApplicationSpec spec, DriverNames names, DriverDraft draft) {
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
                  .withMatchLabels(DriverIngresses.selector(names))
                  .endSelector()
                  .endSpec()
                  .build());
    }
  }
}
