package io.firesteel.driver.features;

import static io.firesteel.driver.features.OracleCases.Fragment.arguments;
import static io.firesteel.driver.features.OracleCases.Fragment.conf;
import static io.firesteel.driver.features.OracleCases.Fragment.templates;

import io.firesteel.driver.features.OracleCases.Fragment;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Fragments over every property of Spark's "Running on Kubernetes" that touches the driver. */
final class OracleFragments {

  private static final String VOLUMES = "spark.kubernetes.driver.volumes.";

  private OracleFragments() {}

  static SequencedMap<String, Fragment> all() {
    SequencedMap<String, Fragment> all = resources();
    all.putAll(metadata());
    all.putAll(secretsAndEnv());
    all.putAll(volumes());
    all.putAll(podTemplates());
    all.putAll(others());
    return all;
  }

  private static SequencedMap<String, Fragment> resources() {
    return OracleCases.ordered(
        "memory", conf("spark.driver.memory=6g", "spark.executor.memory=12g"),
        "memory-without-unit", conf("spark.driver.memory=2048"),
        "memory-in-kb", conf("spark.driver.memory=2100000k"),
        "overhead", conf("spark.driver.memoryOverhead=777m"),
        "overhead-without-unit", conf("spark.driver.memoryOverhead=900"),
        "driver-factor", conf("spark.driver.memory=8g", "spark.driver.memoryOverheadFactor=0.25"),
        "factor", conf("spark.driver.memory=8g", "spark.kubernetes.memoryOverheadFactor=0.33"),
        "least-overhead", conf("spark.driver.minMemoryOverhead=512m"),
        "cores", conf("spark.driver.cores=3", "spark.executor.cores=4"),
        "core-request", conf("spark.kubernetes.driver.request.cores=500m"),
        "core-limit", conf("spark.kubernetes.driver.limit.cores=1.5"),
        "gpu",
            conf(
                "spark.driver.resource.gpu.amount=2",
                "spark.driver.resource.gpu.vendor=nvidia.com",
                "spark.driver.resource.gpu.discoveryScript=/opt/gpus.sh"),
        "two-resources",
            conf(
                "spark.driver.resource.gpu.amount=1",
                "spark.driver.resource.gpu.vendor=amd.com",
                "spark.driver.resource.fpga.amount=3",
                "spark.driver.resource.fpga.vendor=xilinx.com"));
  }

  private static SequencedMap<String, Fragment> metadata() {
    return OracleCases.ordered(
        "labels",
            conf(
                "spark.kubernetes.driver.label.team=data",
                "spark.kubernetes.driver.label.example.org/stage=prod",
                "spark.kubernetes.executor.label.team=data"),
        "label-with-app-id", conf("spark.kubernetes.driver.label.app={{APP_ID}}"),
        "annotations",
            conf(
                "spark.kubernetes.driver.annotation.example.org/app={{APP_ID}}-{{EXECUTOR_ID}}",
                "spark.kubernetes.driver.annotation.note=a b: c"),
        "service-metadata",
            conf(
                "spark.kubernetes.driver.service.annotation.a=b",
                "spark.kubernetes.driver.service.label.c=d"),
        "service-families",
            conf(
                "spark.kubernetes.driver.service.ipFamilyPolicy=PreferDualStack",
                "spark.kubernetes.driver.service.ipFamilies=IPv4,IPv6"),
        "node-selectors",
            conf(
                "spark.kubernetes.node.selector.disk=ssd",
                "spark.kubernetes.node.selector.zone=a",
                "spark.kubernetes.driver.node.selector.zone=b",
                "spark.kubernetes.executor.node.selector.zone=c"),
        "scheduler", conf("spark.kubernetes.scheduler.name=volcano"),
        "driver-scheduler",
            conf(
                "spark.kubernetes.scheduler.name=volcano",
                "spark.kubernetes.driver.scheduler.name=yunikorn"),
        "pull",
            conf(
                "spark.kubernetes.container.image.pullPolicy=Always",
                "spark.kubernetes.container.image.pullSecrets=one, two"),
        "driver-image",
            conf(
                "spark.kubernetes.driver.container.image=registry.example/driver:{{SPARK_VERSION}}"),
        "pod-name", conf("spark.kubernetes.driver.pod.name=my-driver"),
        "service-account",
            conf(
                "spark.kubernetes.authenticate.driver.serviceAccountName=runner",
                "spark.kubernetes.authenticate.executor.serviceAccountName=worker"),
        "long-name",
            conf(
                "spark.app.name=--A name that is much longer than the sixty-three characters of a"
                    + " label -- so it is cut"),
        "unicode-name", conf("spark.app.name=Tägliche Auswertung №7"));
  }

  private static SequencedMap<String, Fragment> secretsAndEnv() {
    return OracleCases.ordered(
        "secret-mounts",
            conf(
                "spark.kubernetes.driver.secrets.db=/etc/secrets/db",
                "spark.kubernetes.driver.secrets.api=/etc/secrets/api"),
        "secret-env",
            conf(
                "spark.kubernetes.driver.secretKeyRef.PASSWORD=db:password",
                "spark.kubernetes.driver.secretKeyRef.TOKEN=api:token",
                "spark.kubernetes.executor.secretKeyRef.TOKEN=api:token"),
        "env",
            conf(
                "spark.kubernetes.driverEnv.GREETING=hello world",
                "spark.kubernetes.driverEnv.EMPTY=",
                "spark.executorEnv.GREETING=hi"),
        "many-env",
            conf(
                "spark.kubernetes.driverEnv.A=1",
                "spark.kubernetes.driverEnv.B=2",
                "spark.kubernetes.driverEnv.C=3",
                "spark.kubernetes.driverEnv.D=4",
                "spark.kubernetes.driverEnv.E=5",
                "spark.kubernetes.driverEnv.F=6"),
        "hadoop-map", conf("spark.kubernetes.hadoop.configMapName=hadoop-conf"),
        "krb5-map", conf("spark.kubernetes.kerberos.krb5.configMapName=krb5-conf"),
        "delegation-token",
            conf(
                "spark.kubernetes.kerberos.tokenSecret.name=tokens",
                "spark.kubernetes.kerberos.tokenSecret.itemKey=hdfs"));
  }

  private static SequencedMap<String, Fragment> volumes() {
    return OracleCases.ordered(
        "host-path",
            conf(
                VOLUMES + "hostPath.data.mount.path=/data",
                VOLUMES + "hostPath.data.options.path=/mnt/data",
                VOLUMES + "hostPath.data.options.type=Directory"),
        "empty-dir",
            conf(
                VOLUMES + "emptyDir.cache.mount.path=/cache",
                VOLUMES + "emptyDir.cache.mount.readOnly=false",
                VOLUMES + "emptyDir.cache.options.medium=Memory",
                VOLUMES + "emptyDir.cache.options.sizeLimit=2Gi"),
        "nfs",
            conf(
                VOLUMES + "nfs.shared.mount.path=/shared",
                VOLUMES + "nfs.shared.mount.readOnly=true",
                VOLUMES + "nfs.shared.options.server=nfs.example",
                VOLUMES + "nfs.shared.options.path=/exports"),
        "claim",
            conf(
                VOLUMES + "persistentVolumeClaim.warehouse.mount.path=/warehouse",
                VOLUMES + "persistentVolumeClaim.warehouse.mount.subPath=acme",
                VOLUMES + "persistentVolumeClaim.warehouse.mount.readOnly=true",
                VOLUMES + "persistentVolumeClaim.warehouse.options.claimName=warehouse"),
        "claim-on-demand",
            conf(
                VOLUMES + "persistentVolumeClaim.scratch.mount.path=/scratch",
                VOLUMES + "persistentVolumeClaim.scratch.options.claimName=OnDemand",
                VOLUMES + "persistentVolumeClaim.scratch.options.storageClass=fast",
                VOLUMES + "persistentVolumeClaim.scratch.options.sizeLimit=50Gi",
                VOLUMES + "persistentVolumeClaim.scratch.label.team=data",
                VOLUMES + "persistentVolumeClaim.scratch.annotation.note=ours"),
        "claim-legacy-mode",
            conf(
                "spark.kubernetes.legacy.useReadWriteOnceAccessMode=true",
                VOLUMES + "persistentVolumeClaim.once.mount.path=/once",
                VOLUMES + "persistentVolumeClaim.once.options.claimName=OnDemand",
                VOLUMES + "persistentVolumeClaim.once.options.storageClass=fast",
                VOLUMES + "persistentVolumeClaim.once.options.sizeLimit=10Gi"),
        "sub-path-expr",
            conf(
                VOLUMES + "hostPath.logs.mount.path=/logs",
                VOLUMES + "hostPath.logs.mount.subPathExpr=$(SPARK_APPLICATION_ID)",
                VOLUMES + "hostPath.logs.options.path=/var/log/spark"),
        "local-dir-volume",
            conf(
                VOLUMES + "emptyDir.spark-local-dir-1.mount.path=/tmp/spill",
                VOLUMES + "emptyDir.spark-local-dir-1.options.sizeLimit=100Gi"),
        "local-dir", conf("spark.local.dir=/scratch/one,/scratch/two"),
        "local-dir-tmpfs", conf("spark.kubernetes.local.dirs.tmpfs=true"),
        "executor-volume",
            conf(
                "spark.kubernetes.executor.volumes.emptyDir.x.mount.path=/x",
                "spark.kubernetes.executor.volumes.emptyDir.x.options.sizeLimit=1Gi"));
  }

  private static SequencedMap<String, Fragment> podTemplates() {
    String driver =
        """
        apiVersion: v1
        kind: Pod
        metadata:
          labels: {from: template}
          annotations: {from: template}
        spec:
          priorityClassName: high
          nodeSelector: {arch: amd64}
          tolerations: [{key: spark, operator: Exists, effect: NoSchedule}]
          imagePullSecrets: [{name: three}]
          initContainers: [{name: prepare, image: busybox, command: [sh, -c, 'true']}]
          containers:
          - name: sidecar
            image: registry.example/logs
          - name: spark
            env: [{name: FROM, value: template}]
            resources: {requests: {ephemeral-storage: 1Gi}, limits: {ephemeral-storage: 2Gi}}
            securityContext: {runAsUser: 185}
            volumeMounts: [{name: extra, mountPath: /extra}]
          volumes: [{name: extra, emptyDir: {}}]
        """;
    String executor =
        """
        apiVersion: v1
        kind: Pod
        spec:
          containers: [{name: executor, env: [{name: FROM, value: template}]}]
        """;
    var named = new TreeMap<String, String>();
    named.put("spark.kubernetes.driver.podTemplateContainerName", "spark");
    return OracleCases.ordered(
        "driver-template", templates(driver, null),
        "named-container", new Fragment(named, List.of(), null, driver, null),
        "empty-template", templates("apiVersion: v1\nkind: Pod\nspec: {containers: []}\n", null),
        "executor-template", templates(null, executor),
        "both-templates", templates(driver, executor));
  }

  private static SequencedMap<String, Fragment> others() {
    return OracleCases.ordered(
        "ports",
            conf(
                "spark.driver.port=17078",
                "spark.driver.blockManager.port=17079",
                "spark.ui.port=14040",
                "spark.connect.grpc.binding.port=25002"),
        "block-manager-port", conf("spark.blockManager.port=18000"),
        "dependencies",
            conf(
                "spark.jars=local:///opt/a.jar,https://jars.example/b.jar",
                "spark.files=https://files.example/x.csv",
                "spark.archives=https://files.example/env.tar.gz#env",
                "spark.submit.pyFiles=local:///opt/lib.py"),
        "python",
            conf("spark.pyspark.python=/opt/py/bin/python", "spark.pyspark.driver.python=python3"),
        "python-version", conf("spark.pyspark.python=python3.11"),
        "dynamic",
            conf(
                "spark.dynamicAllocation.enabled=true",
                "spark.dynamicAllocation.shuffleTracking.enabled=true",
                "spark.dynamicAllocation.maxExecutors=160"),
        "arguments", arguments("--date", "2026-11-21", "", "a b", "$(X)", "{\"k\": \"v\"}", "ü"),
        "proxy-user", new Fragment(new TreeMap<>(), List.of(), "someone", null, null),
        "odd-values",
            conf(
                "spark.example.unicode=größe ✓",
                "spark.example.spaces= leading and trailing ",
                "spark.example.signs=a=b:c#d!e\\f",
                "spark.example.empty="),
        "java-options",
            conf(
                "spark.driver.extraJavaOptions=-Dkey=value -XX:+UseG1GC",
                "spark.executor.extraJavaOptions=-Dapp={{APP_ID}}",
                "spark.driver.extraClassPath=/opt/extra/*"),
        "event-log",
            conf("spark.eventLog.enabled=true", "spark.eventLog.dir=s3a://history/spark-logs"),
        "without-a-step",
            conf(
                "spark.kubernetes.driver.pod.excludedFeatureSteps="
                    + "org.apache.spark.deploy.k8s.features.DriverServiceFeatureStep"),
        "security", conf("spark.authenticate=true", "spark.network.crypto.enabled=true"));
  }
}
