package io.firesteel.driver.features;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.firesteel.driver.submit.DriverDraft;
import io.firesteel.driver.submit.Submission;
import java.util.List;

/**
 * Service account, mounted Secrets and Secrets as environment. After {@code
 * DriverKubernetesCredentialsFeatureStep}, {@code MountSecretsFeatureStep} and {@code
 * EnvSecretsFeatureStep}. The validation of the spec refuses credentials on the client's disk.
 */
final class SecretFeatureSteps {

  private static final String ENV = "spark.kubernetes.driver.secretKeyRef.";

  private SecretFeatureSteps() {}

  static void serviceAccount(Submission submission, DriverDraft draft) {
    String key = "spark.kubernetes.authenticate.driver.serviceAccountName";
    if (submission.conf().string(key) instanceof String account) {
      draft.pod().getSpec().setServiceAccount(account);
      draft.pod().getSpec().setServiceAccountName(account);
    }
  }

  static void mounts(Submission submission, DriverDraft draft) {
    submission
        .conf()
        .withPrefix("spark.kubernetes.driver.secrets.")
        .forEach((secret, path) -> {
          String name = secret + "-volume";
          draft.volume(DriverDraft.secretVolume(name, secret));
          draft.mount(name, path);
        });
  }

  static void env(Submission submission, DriverDraft draft) {
    submission.conf().withPrefix(ENV).forEach((name, reference) -> env(name, reference, draft));
  }

  private static void env(String name, String reference, DriverDraft draft) {
    List<String> parts = List.of(reference.split(":"));
    if (parts.size() != 2) {
      draft.invalid(ENV + name, "does not name a key of a Secret", "write secret:key");
      return;
    }
    var selector = new SecretKeySelector();
    selector.setName(parts.getFirst());
    selector.setKey(parts.getLast());
    var source = new EnvVarSource();
    source.setSecretKeyRef(selector);
    draft.container().getEnv().add(new EnvVar(name, null, source));
  }
}
