package io.firesteel.driver.features;

import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.firesteel.driver.submit.DriverDraft;
import io.firesteel.driver.submit.SparkConf;
import io.firesteel.driver.submit.SparkFeature;
import io.firesteel.driver.submit.Submission;
import io.firesteel.spec.validation.ClientFiles;

/**
 * Hadoop's and Kerberos' configuration from existing ConfigMaps and Secrets. After {@code
 * HadoopConfDriverFeatureStep} and {@code KerberosConfDriverFeatureStep}; files on the client's
 * disk are refused.
 */
final class HadoopFeatureSteps {

  private static final String KRB5_MAP = "spark.kubernetes.kerberos.krb5.configMapName";
  private static final String TOKEN_SECRET = "spark.kubernetes.kerberos.tokenSecret.name";
  private static final String TOKEN_KEY = "spark.kubernetes.kerberos.tokenSecret.itemKey";
  private static final String TOKENS = "/mnt/secrets/hadoop-credentials";

  private HadoopFeatureSteps() {}

  static void hadoop(Submission submission, DriverDraft draft) {
    if (submission.conf().string("spark.kubernetes.hadoop.configMapName") instanceof String map) {
      draft.volume(DriverDraft.configMapVolume("hadoop-properties", map));
      draft.mount("hadoop-properties", "/opt/hadoop/conf");
      draft.env("HADOOP_CONF_DIR", "/opt/hadoop/conf");
      if (SparkFeature.HADOOP_MAP_OF_EXECUTORS.isIn(submission.line())) {
        draft.properties().put("spark.kubernetes.executor.hadoopConfigMapName", map);
      }
    }
  }

  static void kerberos(Submission submission, DriverDraft draft) {
    SparkConf conf = submission.conf();
    refuseFile("spark.kubernetes.kerberos.krb5.path", "use " + KRB5_MAP, submission, draft);
    if (conf.string(KRB5_MAP) instanceof String map) {
      draft.volume(DriverDraft.configMapVolume("krb5-file", map));
      var mount = new VolumeMountBuilder().withName("krb5-file").withMountPath("/etc/krb5.conf");
      draft.container().getVolumeMounts().add(mount.withSubPath("krb5.conf").build());
    }
    requireBoth(conf, "spark.kerberos.principal", "spark.kerberos.keytab", draft);
    requireBoth(conf, TOKEN_SECRET, TOKEN_KEY, draft);
    if (conf.string("spark.kerberos.keytab") instanceof String keytab
        && !keytab.startsWith("local:")) {
      draft.invalid(
          "spark.kerberos.keytab",
          ClientFiles.MESSAGE,
          "mount it from a Secret and give its path as local:///");
    }
    if (conf.string(TOKEN_SECRET) instanceof String secret
        && conf.string(TOKEN_KEY) instanceof String key) {
      draft.volume(DriverDraft.secretVolume("hadoop-secret", secret));
      draft.mount("hadoop-secret", TOKENS);
      draft.env("HADOOP_TOKEN_FILE_LOCATION", TOKENS + "/" + key);
    }
  }

  private static void requireBoth(SparkConf conf, String one, String other, DriverDraft draft) {
    if (conf.contains(one) != conf.contains(other)) {
      String missing = conf.contains(one) ? other : one;
      draft.invalid(missing, "is missing", "set both or neither of " + one + " and " + other);
    }
  }

  private static void refuseFile(
      String key, String remedy, Submission submission, DriverDraft draft) {
    if (submission.conf().contains(key)) {
      draft.invalid(key, ClientFiles.MESSAGE, remedy);
    }
  }
}
