package io.firesteel.spec.validation;

import java.util.Map;

/**
 * The {@code sparkConf} keys that a request may not set, with what to do instead. The operator's
 * list ({@code internal/webhook/sparkconf_validator.go}), and files on the client's disk.
 */
public final class DeniedProperties {

  private static final String ACCOUNT = "the tenant's service account is used";
  private static final String CREDENTIALS = "pods use the token of their service account";

  /** What to do instead, by key. */
  public static final Map<String, String> ALTERNATIVES =
      Map.ofEntries(
          Map.entry("spark.kubernetes.authenticate.driver.serviceAccountName", ACCOUNT),
          Map.entry("spark.kubernetes.authenticate.executor.serviceAccountName", ACCOUNT),
          Map.entry("spark.kubernetes.authenticate.oauthToken", CREDENTIALS),
          Map.entry("spark.kubernetes.authenticate.oauthTokenFile", CREDENTIALS),
          Map.entry("spark.kubernetes.authenticate.driver.oauthToken", CREDENTIALS),
          Map.entry("spark.kubernetes.authenticate.driver.oauthTokenFile", CREDENTIALS),
          Map.entry("spark.kubernetes.authenticate.executor.oauthToken", CREDENTIALS),
          Map.entry("spark.kubernetes.authenticate.executor.oauthTokenFile", CREDENTIALS),
          Map.entry("spark.master", "the cluster is the tenant's"),
          Map.entry("spark.kubernetes.driver.master", "use driver.kubernetesMaster"),
          Map.entry("spark.kubernetes.container.image", "use the field image"),
          Map.entry("spark.kubernetes.driver.container.image", "use driver.image"),
          Map.entry("spark.kubernetes.executor.container.image", "use executor.image"),
          Map.entry("spark.kubernetes.driver.podTemplateFile", "use driver.template"),
          Map.entry("spark.kubernetes.executor.podTemplateFile", "use executor.template"));

  private DeniedProperties() {}
}
