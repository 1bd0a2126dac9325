package io.firesteel.driver;

import java.util.ArrayList;
import java.util.List;

/** The part of {@link FieldTable} about driver and executor. */
final class FieldTablePods {

  private static final String CONTAINER = "/spec/containers/0";

  private FieldTablePods() {}

  static List<FieldRow> rows() {
    var rows = new ArrayList<FieldRow>();
    properties("driver", rows);
    properties("executor", rows);
    inPod("driver", rows);
    inPod("executor", rows);
    ofDriver(rows);
    ofExecutor(rows);
    return rows;
  }

  /** Fields that become properties of either role. */
  private static void properties(String role, List<FieldRow> rows) {
    String kubernetes = "property spark.kubernetes." + role + ".";
    String spark = "property spark." + role + ".";
    String env =
        role.equals("driver")
            ? kubernetes.replace("driver.", "driverEnv.")
            : "property spark.executorEnv.";
    String[][] fields = {
      {"cores", "{cores: 3}", spark + "cores", "3"},
      {"coreRequest", "{coreRequest: 500m}", kubernetes + "request.cores", "500m"},
      {"coreLimit", "{coreLimit: 1200m}", kubernetes + "limit.cores", "1200m"},
      {"memory", "{memory: 4g}", spark + "memory", "4g"},
      {"memoryOverhead", "{memoryOverhead: 1g}", spark + "memoryOverhead", "1g"},
      {"image", "{image: 'y:2'}", kubernetes + "container.image", "y:2"},
      {"javaOptions", "{javaOptions: -Dx=y}", spark + "extraJavaOptions", "-Dx=y"},
      {"envVars", "{envVars: {A: b}}", env + "A", "b"},
      {
        "envSecretKeyRefs/name",
        "{envSecretKeyRefs: {A: {name: s, key: k}}}",
        kubernetes + "secretKeyRef.A",
        "s:k"
      },
      {
        "envSecretKeyRefs/key",
        "{envSecretKeyRefs: {A: {name: s, key: k}}}",
        kubernetes + "secretKeyRef.A",
        "s:k"
      },
      {
        "secrets/name",
        "{secrets: [{name: s, path: /s, secretType: Generic}]}",
        kubernetes + "secrets.s",
        "/s"
      },
      {
        "secrets/path",
        "{secrets: [{name: s, path: /s, secretType: Generic}]}",
        kubernetes + "secrets.s",
        "/s"
      },
      {
        "secrets/secretType",
        "{secrets: [{name: s, path: /s, secretType: GCPServiceAccount}]}",
        env + "GOOGLE_APPLICATION_CREDENTIALS",
        "/s/key.json"
      },
      {
        "secrets/secretType",
        "{secrets: [{name: s, path: /s, secretType: HadoopDelegationToken}]}",
        env + "HADOOP_TOKEN_FILE_LOCATION",
        "/s/hadoop.token"
      },
      {"labels", "{labels: {l: m}}", kubernetes + "label.l", "m"},
      {"annotations", "{annotations: {l: m}}", kubernetes + "annotation.l", "m"},
      {"schedulerName", "{schedulerName: s}", kubernetes + "scheduler.name", "s"},
      {"nodeSelector", "{nodeSelector: {a: b}}", kubernetes + "node.selector.a", "b"},
    };
    for (String[] f : fields) {
      rows.add(new FieldRow(role + "/" + f[0], role + ": " + f[1], f[2], f[3]));
    }
  }

  /** Fields that are written into the pod of either role. */
  private static void inPod(String role, List<FieldRow> rows) {
    boolean driver = role.equals("driver");
    String volumes = driver ? "/spec/volumes/3" : "/spec/volumes/0";
    String mounts = CONTAINER + (driver ? "/volumeMounts/3" : "/volumeMounts/0");
    String ports = CONTAINER + (driver ? "/ports/4" : "/ports/0");
    String lastEnv = CONTAINER + (driver ? "/env/5" : "/env/0");
    String port = "{ports: [{name: p, protocol: UDP, containerPort: 99}]}";
    String[][] fields = {
      {"affinity", "{affinity: {nodeAffinity: {}}}", "/spec/affinity", "{\"nodeAffinity\":{}}"},
      {"tolerations", "{tolerations: [{key: a}]}", "/spec/tolerations", "[{\"key\":\"a\"}]"},
      {"configMaps/name", "{configMaps: [{name: c, path: /c}]}", volumes + "/configMap/name", "c"},
      {"configMaps/path", "{configMaps: [{name: c, path: /c}]}", mounts + "/mountPath", "/c"},
      {"env", "{env: [{name: E, value: f}]}", lastEnv, "{\"name\":\"E\",\"value\":\"f\"}"},
      {
        "envFrom",
        "{envFrom: [{configMapRef: {name: c}}]}",
        CONTAINER + "/envFrom/0/configMapRef/name",
        "c"
      },
      {
        "gpu/name",
        "{gpu: {name: nvidia.com/gpu, quantity: 2}}",
        CONTAINER + "/resources/limits/nvidia.com~1gpu",
        "2"
      },
      {
        "gpu/quantity",
        "{gpu: {name: nvidia.com/gpu, quantity: 2}}",
        CONTAINER + "/resources/limits/nvidia.com~1gpu",
        "2"
      },
      {
        "podSecurityContext",
        "{podSecurityContext: {runAsUser: 7}}",
        "/spec/securityContext",
        "{\"runAsUser\":7}"
      },
      {
        "securityContext",
        "{securityContext: {runAsUser: 7}}",
        CONTAINER + "/securityContext",
        "{\"runAsUser\":7}"
      },
      {"priorityClassName", "{priorityClassName: high}", "/spec/priorityClassName", "high"},
      {"sidecars", "{sidecars: [{name: s, image: i}]}", "/spec/containers/1/name", "s"},
      {
        "initContainers",
        "{initContainers: [{name: s, image: i}]}",
        "/spec/initContainers/0/name",
        "s"
      },
      {"hostNetwork", "{hostNetwork: true}", "/spec/dnsPolicy", "ClusterFirstWithHostNet"},
      {
        "dnsConfig",
        "{dnsConfig: {nameservers: [1.1.1.1]}}",
        "/spec/dnsConfig/nameservers/0",
        "1.1.1.1"
      },
      {
        "terminationGracePeriodSeconds",
        "{terminationGracePeriodSeconds: 5}",
        "/spec/terminationGracePeriodSeconds",
        "5"
      },
      {
        "lifecycle",
        "{lifecycle: {preStop: {exec: {command: [x]}}}}",
        CONTAINER + "/lifecycle/preStop/exec/command/0",
        "x"
      },
      {"ports/name", port, ports + "/name", "p"},
      {"ports/protocol", port, ports + "/protocol", "UDP"},
      {"ports/containerPort", port, ports + "/containerPort", "99"},
      {
        "hostAliases",
        "{hostAliases: [{ip: 1.2.3.4, hostnames: [h]}]}",
        "/spec/hostAliases/0/ip",
        "1.2.3.4"
      },
      {
        "shareProcessNamespace",
        "{shareProcessNamespace: true}",
        "/spec/shareProcessNamespace",
        "true"
      },
      {
        "template", "{template: {spec: {runtimeClassName: kata}}}", "/spec/runtimeClassName", "kata"
      },
    };
    for (String[] f : fields) {
      rows.add(new FieldRow(role + "/" + f[0], role + ": " + f[1], role + " " + f[2], f[3]));
    }
    rows.add(
        new FieldRow(
            role + "/volumeMounts",
            "{volumes: [{name: v, emptyDir: {}}], "
                + role
                + ": {volumeMounts: [{name: v, mountPath: /v}]}}",
            role + " " + mounts + "/mountPath",
            "/v"));
    rows.add(
        new FieldRow(
            role + "/volumeMounts",
            "{volumes: [{name: spark-local-dir-1, emptyDir: {sizeLimit: 9Gi}}], "
                + role
                + ": {volumeMounts: [{name: spark-local-dir-1, mountPath: /v}]}}",
            "property spark.kubernetes."
                + role
                + ".volumes.emptyDir.spark-local-dir-1.options.sizeLimit",
            "9Gi"));
  }

  private static void ofDriver(List<FieldRow> rows) {
    rows.add(
        new FieldRow(
            "driver/memoryLimit",
            "driver: {memoryLimit: 3g}",
            "driver " + CONTAINER + "/resources/limits/memory",
            "3072Mi"));
    rows.add(
        new FieldRow(
            "driver/kubernetesMaster",
            "driver: {kubernetesMaster: 'https://api.example'}",
            "property spark.kubernetes.driver.master",
            "https://api.example"));
    rows.add(
        new FieldRow(
            "driver/serviceAnnotations",
            "driver: {serviceAnnotations: {a: b}}",
            "Service -driver-svc /metadata/annotations/a",
            "b"));
    rows.add(
        new FieldRow(
            "driver/serviceLabels",
            "driver: {serviceLabels: {a: b}}",
            "Service -driver-svc /metadata/labels/a",
            "b"));
  }

  private static void ofExecutor(List<FieldRow> rows) {
    rows.add(
        new FieldRow(
            "executor/memoryLimit",
            "executor: {memoryLimit: 3g}",
            "property spark.executor.memoryOverhead",
            "2048m"));
    rows.add(
        new FieldRow(
            "executor/instances",
            "executor: {instances: 7}",
            "property spark.executor.instances",
            "7"));
    rows.add(
        new FieldRow(
            "executor/deleteOnTermination",
            "executor: {deleteOnTermination: false}",
            "property spark.kubernetes.executor.deleteOnTermination",
            "false"));
  }
}
