package io.firesteel.driver.features;

import static io.firesteel.driver.features.OracleCases.Fragment.conf;

import io.firesteel.driver.features.OracleCases.Fragment;
import java.util.SequencedMap;

/** Fragments that Spark refuses. */
final class OracleRejections {

  private static final String VOLUMES = "spark.kubernetes.driver.volumes.";

  private OracleRejections() {}

  static SequencedMap<String, Fragment> all() {
    return OracleCases.ordered(
        "no-image", conf("spark.kubernetes.container.image=" + OracleCases.NOT_SET),
        "reserved-label", conf("spark.kubernetes.driver.label.spark-role=boss"),
        "bind-address", conf("spark.driver.bindAddress=0.0.0.0"),
        "bad-memory", conf("spark.driver.memory=1.5g"),
        "bad-cores", conf("spark.driver.cores=one"),
        "bad-secret-reference", conf("spark.kubernetes.driver.secretKeyRef.A=nokey"),
        "resource-without-vendor", conf("spark.driver.resource.gpu.amount=1"),
        "resource-without-amount", conf("spark.driver.resource.gpu.vendor=nvidia.com"),
        "two-at-one-path",
            conf(VOLUMES + "emptyDir.a.mount.path=/x", VOLUMES + "emptyDir.b.mount.path=/x"),
        "volume-without-path", conf(VOLUMES + "emptyDir.a.options.medium=Memory"),
        "host-path-without-path", conf(VOLUMES + "hostPath.a.mount.path=/x"),
        "unknown-volume-type", conf(VOLUMES + "floppy.a.mount.path=/x"),
        "executor-volume", conf("spark.kubernetes.executor.volumes.nfs.a.mount.path=/x"),
        "token-secret-without-key", conf("spark.kubernetes.kerberos.tokenSecret.name=tokens"),
        "principal-without-keytab", conf("spark.kerberos.principal=me@EXAMPLE"),
        "bad-port", conf("spark.driver.port=many"),
        "own-step", conf("spark.kubernetes.driver.pod.featureSteps=org.example.Step"),
        "upload", conf("spark.files=/etc/hosts"));
  }
}
