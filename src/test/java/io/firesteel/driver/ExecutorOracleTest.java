package io.firesteel.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.driver.features.ObjectDiff;
import io.firesteel.driver.features.SparkOracle;
import io.firesteel.spec.SparkLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a spec says of executors arrives in them: Spark's own executor builder is given our
 * properties and our pod template, as the driver would read them.
 */
class ExecutorOracleTest {

  /** A spec, and what its executors must have: {@code $} stands for Spark's container. */
  private record Row(String yaml, String pointer, String expected) {

    static Row of(String line) {
      String[] parts = line.split(" \\| ");
      return new Row(parts[0], parts[1], parts[2]);
    }
  }

  private static final List<Row> ROWS =
      """
      {} | /spec/serviceAccountName | acme-spark
      {} | /spec/enableServiceLinks | false
      {} | /spec/securityContext/runAsNonRoot | true
      {} | $/securityContext/allowPrivilegeEscalation | false
      {} | /metadata/labels/firesteel.io~1partition | 3
      {} | /metadata/labels/team | data
      {} | /metadata/annotations/firesteel.io~1job-key | acme/daily-etl
      {} | $/image | registry.example/spark:4.1.1
      executor: {image: 'y:1'} | $/image | y:1
      executor: {cores: 4} | $/resources/requests/cpu | 4
      executor: {coreRequest: 300m} | $/resources/requests/cpu | 300m
      executor: {coreLimit: '2'} | $/resources/limits/cpu | 2
      executor: {memory: 4g} | $/resources/limits/memory | 4505Mi
      executor: {memoryLimit: 3g} | $/resources/limits/memory | 3072Mi
      executor: {memoryOverhead: 1g} | $/resources/limits/memory | 2048Mi
      executor: {gpu: {name: nvidia.com/gpu, quantity: 2}} | $/resources/limits/nvidia.com~1gpu | 2
      executor: {env: [{name: E, value: f}]} | $/env/E/value | f
      executor: {envVars: {E: f}} | $/env/E/value | f
      executor: {envSecretKeyRefs: {E: {name: s, key: k}}} | $/env/E/valueFrom/secretKeyRef/name | s
      executor: {envFrom: [{secretRef: {name: s}}]} | $/envFrom/0/secretRef/name | s
      executor: {secrets: [{name: s, path: /s, secretType: Generic}]} | $/volumeMounts/s-volume/mountPath | /s
      executor: {configMaps: [{name: c, path: /c}]} | $/volumeMounts/c-vol/mountPath | /c
      executor: {sidecars: [{name: s, image: i}]} | /spec/containers/0/name | s
      executor: {initContainers: [{name: s, image: i}]} | /spec/initContainers/0/name | s
      executor: {tolerations: [{key: a}]} | /spec/tolerations/0/key | a
      executor: {nodeSelector: {a: b}} | /spec/nodeSelector/a | b
      executor: {priorityClassName: low} | /spec/priorityClassName | low
      executor: {schedulerName: own} | /spec/schedulerName | own
      batchScheduler: volcano | /spec/schedulerName | volcano
      executor: {terminationGracePeriodSeconds: 77} | /spec/terminationGracePeriodSeconds | 77
      executor: {hostNetwork: true} | /spec/dnsPolicy | ClusterFirstWithHostNet
      {volumes: [{name: spark-local-dir-1, emptyDir: {}}], \
      executor: {volumeMounts: [{name: spark-local-dir-1, mountPath: /x}]}} \
      | $/env/SPARK_LOCAL_DIRS/value | /x
      {volumes: [{name: v, configMap: {name: c}}], \
      executor: {volumeMounts: [{name: v, mountPath: /x}]}} \
      | /spec/volumes/v/configMap/name | c
      executor: {template: {spec: {runtimeClassName: kata, containers: [{name: own, stdin: true}]}}} \
      | $/stdin | true
      sparkConfigMap: c | $/env/SPARK_CLASSPATH/value | /etc/spark/conf
      hadoopConfigMap: c | $/env/HADOOP_CONF_DIR/value | /etc/hadoop/conf
      monitoring: {exposeExecutorMetrics: true, prometheus: {jmxExporterJar: /j.jar}} \
      | /metadata/annotations/prometheus.io~1port | 8090
      monitoring: {exposeExecutorMetrics: true, prometheus: {jmxExporterJar: /j.jar}} \
      | $/volumeMounts/metrics-conf/mountPath | /etc/metrics/conf
      """
          .lines()
          .map(Row::of)
          .toList();

  @ParameterizedTest
  @MethodSource("lines")
  void executorsAreWhatTheSpecAsksFor(SparkLine line) throws IOException {
    var oracle = new SparkOracle(line);
    var cases = new ArrayList<JsonNode>();
    for (Row row : ROWS) {
      cases.add(asked(row, oracle.version()));
    }
    List<JsonNode> answers = oracle.answers(cases);
    var softly = new SoftAssertions();
    for (int i = 0; i < ROWS.size(); i++) {
      Row row = ROWS.get(i);
      JsonNode answer = answers.get(i);
      softly.assertThat(answer.path("refused").asText()).as(row.yaml()).isEmpty();
      JsonNode pod = ObjectDiff.normalised(answer.get("executor"), "none");
      int last = pod.at("/spec/containers").size() - 1;
      softly
          .assertThat(pod.at(row.pointer().replace("$", "/spec/containers/" + last)).asText())
          .as(row.toString())
          .isEqualTo(row.expected());
    }
    softly.assertAll();
  }

  static Set<SparkLine> lines() {
    return SparkOracle.VERSIONS.keySet();
  }

  private static JsonNode asked(Row row, String version) throws IOException {
    ObjectNode spec = SampleSpecs.pi(row.yaml());
    spec.put("sparkVersion", version);
    DriverObjects objects = SampleSpecs.built(spec);
    ObjectNode asked = (ObjectNode) TestJson.read("{}");
    asked.put("name", row.toString());
    ObjectNode properties = asked.putObject("properties");
    Properties written = DriverBuilderTest.properties(objects);
    written.stringPropertyNames().stream()
        .sorted()
        .forEach(key -> properties.put(key, written.getProperty(key)));
    asked.put("executorTemplate", DriverBuilderTest.executorTemplateText(objects));
    return asked;
  }
}
