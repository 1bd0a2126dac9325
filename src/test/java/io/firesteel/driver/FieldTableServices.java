package io.firesteel.driver;

import java.util.ArrayList;
import java.util.List;

/** The part of {@link FieldTable} about monitoring, batch schedulers and the ways in. */
final class FieldTableServices {

  private FieldTableServices() {}

  static List<FieldRow> rows() {
    var rows = new ArrayList<FieldRow>();
    monitoring(rows);
    scheduling(rows);
    access(rows);
    return rows;
  }

  private static void add(
      List<FieldRow> rows, String field, String yaml, String where, String expected) {
    rows.add(new FieldRow(field, yaml, where, expected));
  }

  private static void monitoring(List<FieldRow> rows) {
    String yaml =
        "monitoring: {exposeDriverMetrics: true, exposeExecutorMetrics: true, metricsProperties: M,"
            + " prometheus: {jmxExporterJar: /j.jar, port: 9000, portName: jmx, configuration: C}}";
    add(
        rows,
        "monitoring/exposeDriverMetrics",
        yaml,
        "driver /metadata/annotations/prometheus.io~1scrape",
        "true");
    add(
        rows,
        "monitoring/exposeExecutorMetrics",
        yaml,
        "property spark.kubernetes.executor.annotation.prometheus.io/scrape",
        "true");
    add(
        rows,
        "monitoring/metricsProperties",
        yaml,
        "ConfigMap -prom-conf /data/metrics.properties",
        "M");
    add(
        rows,
        "monitoring/metricsPropertiesFile",
        "monitoring: {metricsPropertiesFile: /m.properties}",
        "property spark.metrics.conf",
        "/m.properties");
    add(
        rows,
        "monitoring/prometheus/jmxExporterJar",
        yaml,
        "property spark.driver.extraJavaOptions",
        "-javaagent:/j.jar=9000:/etc/metrics/conf/prometheus.yaml");
    add(
        rows,
        "monitoring/prometheus/port",
        yaml,
        "driver /spec/containers/0/ports/4/containerPort",
        "9000");
    add(
        rows,
        "monitoring/prometheus/portName",
        yaml,
        "executor /spec/containers/0/ports/0/name",
        "jmx");
    add(
        rows,
        "monitoring/prometheus/configFile",
        "monitoring: {exposeDriverMetrics: true,"
            + " prometheus: {jmxExporterJar: /j.jar, configFile: /c.yaml}}",
        "property spark.driver.extraJavaOptions",
        "-javaagent:/j.jar=8090:/c.yaml");
    add(
        rows,
        "monitoring/prometheus/configuration",
        yaml,
        "ConfigMap -prom-conf /data/prometheus.yaml",
        "C");
  }

  private static void scheduling(List<FieldRow> rows) {
    String volcano =
        "{batchScheduler: volcano, batchSchedulerOptions: {queue: q, priorityClassName: high,"
            + " resources: {cpu: '9'}}}";
    add(rows, "batchScheduler", volcano, "driver /spec/schedulerName", "volcano");
    add(rows, "batchSchedulerOptions/queue", volcano, "PodGroup -pg /spec/queue", "q");
    add(
        rows,
        "batchSchedulerOptions/priorityClassName",
        volcano,
        "PodGroup -pg /spec/priorityClassName",
        "high");
    add(
        rows,
        "batchSchedulerOptions/resources",
        volcano,
        "PodGroup -pg /spec/minResources/cpu",
        "9");
    add(
        rows,
        "driverPodDisruptionBudget",
        "driverPodDisruptionBudget: true",
        "PodDisruptionBudget -driver /spec/minAvailable",
        "1");
  }

  private static void access(List<FieldRow> rows) {
    String ui =
        "sparkUIOptions: {servicePort: 80, servicePortName: web, serviceType: NodePort,"
            + " serviceAnnotations: {a: b}, serviceLabels: {c: d}, ingressAnnotations: {e: f},"
            + " ingressTLS: [{hosts: [ui.example], secretName: tls}]}";
    for (String[] row :
        new String[][] {
          {"servicePort", "Service -ui-svc /spec/ports/0/port", "80"},
          {"servicePortName", "Service -ui-svc /spec/ports/0/name", "web"},
          {"serviceType", "Service -ui-svc /spec/type", "NodePort"},
          {"serviceAnnotations", "Service -ui-svc /metadata/annotations/a", "b"},
          {"serviceLabels", "Service -ui-svc /metadata/labels/c", "d"},
          {"ingressAnnotations", "Ingress -ui-ingress /metadata/annotations/e", "f"},
          {"ingressTLS", "Ingress -ui-ingress /spec/rules/0/host", "ui.example"},
        }) {
      add(rows, "sparkUIOptions/" + row[0], ui, row[1], row[2]);
    }
    String ingress =
        "driverIngressOptions: [{servicePort: 8080, servicePortName: web, serviceType: NodePort,"
            + " serviceAnnotations: {a: b}, serviceLabels: {c: d}, ingressAnnotations: {e: f},"
            + " ingressURLFormat: '{{$appNamespace}}.example/x',"
            + " ingressTLS: [{hosts: [x.example], secretName: tls}]}]";
    for (String[] row :
        new String[][] {
          {"servicePort", "Service -driver-8080 /spec/ports/0/port", "8080"},
          {"servicePortName", "Service -driver-8080 /spec/ports/0/name", "web"},
          {"serviceType", "Service -driver-8080 /spec/type", "NodePort"},
          {"serviceAnnotations", "Service -driver-8080 /metadata/annotations/a", "b"},
          {"serviceLabels", "Service -driver-8080 /metadata/labels/c", "d"},
          {"ingressURLFormat", "Ingress -ing-8080 /spec/rules/0/host", "acme-jobs.example"},
          {"ingressAnnotations", "Ingress -ing-8080 /metadata/annotations/e", "f"},
          {"ingressTLS", "Ingress -ing-8080 /spec/tls/0/secretName", "tls"},
        }) {
      add(rows, "driverIngressOptions/" + row[0], ingress, row[1], row[2]);
    }
  }
}
