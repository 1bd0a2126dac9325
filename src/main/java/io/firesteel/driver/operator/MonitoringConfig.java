package io.firesteel.driver.operator;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.firesteel.driver.submit.DriverDraft;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.spec.MonitoringSpec;
import io.firesteel.spec.MonitoringSpec.PrometheusSpec;
import io.firesteel.spec.SparkApplicationSpec;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code monitoring}: with a JMX exporter as the operator does it (its {@code
 * monitoring_config.go}), its configuration in a ConfigMap; without one through Spark's own
 * Prometheus servlet, which needs nothing in the image.
 */
public final class MonitoringConfig {

  private static final String DIRECTORY = "/etc/metrics/conf";
  private static final String METRICS = "metrics.properties";
  private static final String EXPORTER = "prometheus.yaml";
  private static final int PORT = 8090;

  private static final String DEFAULT_METRICS =
      """
      *.sink.jmx.class=org.apache.spark.metrics.sink.JmxSink
      driver.source.jvm.class=org.apache.spark.metrics.source.JvmSource
      executor.source.jvm.class=org.apache.spark.metrics.source.JvmSource
      """;

  private static final String DEFAULT_EXPORTER =
      """
      lowercaseOutputName: true
      rules:
      - pattern: 'metrics<name=([^.,]+)\\.([^.,]+)\\.driver\\.([^,>]+)[^>]*><>(Value|Count)'
        name: spark_driver_$3_$4
        labels: {namespace: "$1", app: "$2"}
      - pattern: 'metrics<name=([^.,]+)\\.([^.,]+)\\.([0-9]+)\\.([^,>]+)[^>]*><>(Value|Count)'
        name: spark_executor_$4_$5
        labels: {namespace: "$1", app: "$2", executor: "$3"}
      """;

  private MonitoringConfig() {}

  /** Properties, annotations and Java options. */
  static void conf(SparkApplicationSpec spec, DriverNames names, Map<String, String> conf) {
    if (spec.monitoring() instanceof MonitoringSpec monitoring) {
      if (monitoring.metricsPropertiesFile() instanceof String file) {
        conf.put("spark.metrics.conf", file);
      } else if (ownMetrics(monitoring)) {
        conf.put("spark.metrics.conf", DIRECTORY + "/" + METRICS);
      }
      if (monitoring.prometheus() instanceof PrometheusSpec exporter) {
        String namespace = conf.getOrDefault("spark.kubernetes.namespace", "default");
        conf.putIfAbsent("spark.metrics.namespace", namespace + "." + names.prefix());
        role("driver", monitoring.exposeDriverMetrics(), exporter, conf);
        role("executor", monitoring.exposeExecutorMetrics(), exporter, conf);
      } else {
        servlet(monitoring, conf);
      }
    }
  }

  private static void role(
      String role, @Nullable Boolean exposed, PrometheusSpec exporter, Map<String, String> conf) {
    if (Boolean.TRUE.equals(exposed)) {
      String port = Integer.toString(port(exporter));
      String file = exporter.configFile();
      String agent =
          "-javaagent:%s=%s:%s"
              .formatted(
                  exporter.jmxExporterJar(),
                  port,
                  file == null || file.isEmpty() ? DIRECTORY + "/" + EXPORTER : file);
      conf.merge("spark." + role + ".extraJavaOptions", agent, (a, b) -> a + " " + b);
      scrape(role, port, "/metrics", conf);
    }
  }

  private static void scrape(String role, String port, String path, Map<String, String> conf) {
    String prefix = "spark.kubernetes." + role + ".annotation.prometheus.io/";
    conf.put(prefix + "scrape", "true");
    conf.put(prefix + "port", port);
    conf.put(prefix + "path", path);
  }

  private static void servlet(MonitoringSpec monitoring, Map<String, String> conf) {
    boolean driver = Boolean.TRUE.equals(monitoring.exposeDriverMetrics());
    boolean executors = Boolean.TRUE.equals(monitoring.exposeExecutorMetrics());
    if (driver || executors) {
      conf.putIfAbsent("spark.ui.prometheus.enabled", "true");
      String sink = "spark.metrics.conf.*.sink.prometheusServlet.";
      conf.putIfAbsent(sink + "class", "org.apache.spark.metrics.sink.PrometheusServlet");
      conf.putIfAbsent(sink + "path", "/metrics/prometheus");
      scrape(
          "driver",
          conf.getOrDefault("spark.ui.port", "4040"),
          driver ? "/metrics/prometheus" : "/metrics/executors/prometheus",
          conf);
    }
  }

  private static int port(PrometheusSpec exporter) {
    return exporter.port() == null ? PORT : exporter.port();
  }

  private static boolean ownMetrics(MonitoringSpec monitoring) {
    return monitoring.metricsPropertiesFile() == null
        && (monitoring.metricsProperties() != null || monitoring.prometheus() != null);
  }

  private static boolean ownExporter(MonitoringSpec monitoring) {
    return monitoring.prometheus() instanceof PrometheusSpec p
        && (p.configFile() == null || p.configFile().isEmpty());
  }

  /** Mount and port in a pod of a role. */
  static void pod(
      SparkApplicationSpec spec, boolean driver, String map, PodSpec pod, Container container) {
    if (spec.monitoring() instanceof MonitoringSpec monitoring) {
      boolean exposed =
          Boolean.TRUE.equals(
              driver ? monitoring.exposeDriverMetrics() : monitoring.exposeExecutorMetrics());
      if (exposed && monitoring.prometheus() instanceof PrometheusSpec exporter) {
        String name = exporter.portName() == null ? "jmx-exporter" : exporter.portName();
        container.getPorts().add(new ContainerPort(port(exporter), null, null, name, "TCP"));
      }
      if (ownMetrics(monitoring) || (exposed && ownExporter(monitoring))) {
        PodMutations.mount("metrics-conf", map, DIRECTORY, pod, container);
      }
    }
  }

  /** The ConfigMap that {@link #pod} mounts. */
  public static void objects(SparkApplicationSpec spec, String name, DriverDraft draft) {
    if (spec.monitoring() instanceof MonitoringSpec monitoring) {
      var data = new TreeMap<String, String>();
      if (ownMetrics(monitoring)) {
        String given = monitoring.metricsProperties();
        data.put(METRICS, given == null ? DEFAULT_METRICS : given);
      }
      if (ownExporter(monitoring) && monitoring.prometheus() instanceof PrometheusSpec exporter) {
        String given = exporter.configuration();
        data.put(EXPORTER, given == null ? DEFAULT_EXPORTER : given);
      }
      if (!data.isEmpty()) {
        draft.configMap(name, data);
      }
    }
  }
}
