package io.firesteel.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.firesteel.driver.submit.DriverNames;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What Firesteel adds beside Spark's own objects. */
class DriverExtrasTest {

  @Test
  void needsNoServiceWhenExecutorsGoByTheDriversAddress() throws IOException {
    DriverObjects objects =
        SampleSpecs.built(
            SampleSpecs.pi("sparkConf: {spark.kubernetes.executor.useDriverPodIP: 'true'}"));

    assertThat(objects.owned()).extracting(HasMetadata::getKind).doesNotContain("Service");
    assertThat(DriverBuilderTest.properties(objects)).doesNotContainKey("spark.driver.host");
    assertThat(DriverBuilderTest.spark(objects).getEnv())
        .anySatisfy(e -> {
          assertThat(e.getName()).isEqualTo("SPARK_LOCAL_HOSTNAME");
          assertThat(e.getValueFrom().getFieldRef().getFieldPath()).isEqualTo("status.podIP");
        });
  }

  @Test
  void keepsTheServiceWhereTheLineDoesNotKnowThatSetting() {
    DriverObjects objects =
        SampleSpecs.built(
            SampleSpecs.pi(
                "{sparkVersion: 4.0.1,"
                    + " sparkConf: {spark.kubernetes.executor.useDriverPodIP: 'true'}}"));

    assertThat(objects.owned()).extracting(HasMetadata::getKind).contains("Service");
  }

  @Test
  void letsASpecOverrideTheDefaults() throws IOException {
    DriverObjects objects =
        SampleSpecs.built(
            SampleSpecs.pi(
                "{sparkConf: {spark.authenticate: 'false'}, driver: {template:"
                    + " {spec: {enableServiceLinks: true, containers: []}}}}"));

    assertThat(DriverBuilderTest.properties(objects)).containsEntry("spark.authenticate", "false");
    assertThat(objects.pod().getSpec().getEnableServiceLinks()).isTrue();
  }

  @Test
  void runsExecutorsAsTheTenantWhateverTheTemplateSays() throws IOException {
    DriverObjects objects =
        SampleSpecs.built(
            SampleSpecs.pi(
                "{driver: {template: {spec: {serviceAccountName: boss}}},"
                    + " executor: {template: {spec: {serviceAccountName: boss}}}}"));

    assertThat(objects.pod().getSpec().getServiceAccountName()).isEqualTo("acme-spark");
    assertThat(DriverBuilderTest.executorTemplate(objects).getSpec().getServiceAccountName())
        .isEqualTo("acme-spark");
  }

  @Test
  void makesOneGangForVolcano() {
    DriverObjects objects =
        SampleSpecs.built(
            SampleSpecs.pi(
                "{batchScheduler: volcano, driver: {cores: 1, memory: 1g},"
                    + " executor: {instances: 4, coreRequest: 500m, memory: 2g}}"));

    JsonNode group = TestJson.tree(objects.prerequisites().getFirst());
    assertThat(group.path("kind").asText()).isEqualTo("PodGroup");
    assertThat(group.at("/spec/minResources/cpu").asText()).isEqualTo("3");
    assertThat(group.at("/spec/minResources/memory").asText())
        .isEqualTo((1408 + 4 * (2048 + 384)) + "Mi");
    assertThat(objects.pod().getMetadata().getAnnotations())
        .containsEntry("scheduling.k8s.io/group-name", group.at("/metadata/name").asText());
  }

  @Test
  void tellsYuniKornItsTaskGroups() {
    DriverObjects objects =
        SampleSpecs.built(
            SampleSpecs.pi(
                "{batchScheduler: yunikorn, executor: {instances: 3, nodeSelector: {a: b}}}"));

    JsonNode groups =
        TestJson.read(
            objects
                .pod()
                .getMetadata()
                .getAnnotations()
                .getOrDefault("yunikorn.apache.org/task-groups", "[]"));
    assertThat(groups).hasSize(2);
    assertThat(groups.at("/1/minMember").asInt()).isEqualTo(3);
    assertThat(groups.at("/1/nodeSelector/a").asText()).isEqualTo("b");
    assertThat(groups.at("/0/minResource/memory").asText()).isEqualTo("1408Mi");
  }

  @Test
  void labelsAllPodsForKueueAndTellsItToMindTheExecutors() throws IOException {
    DriverObjects objects =
        SampleSpecs.built(
            SampleSpecs.pi("{batchScheduler: kueue, batchSchedulerOptions: {queue: team-a}}"));

    assertThat(objects.pod().getMetadata().getLabels())
        .containsEntry("kueue.x-k8s.io/queue-name", "team-a");
    assertThat(DriverBuilderTest.properties(objects))
        .containsEntry("spark.kubernetes.executor.label.kueue.x-k8s.io/queue-name", "team-a")
        .containsEntry(
            "spark.kubernetes.executor.annotation.kueue.x-k8s.io/pod-suspending-parent", "pod");
  }

  @Test
  void showsMetricsThroughSparksOwnServletWhereThereIsNoExporter() throws IOException {
    DriverObjects objects =
        SampleSpecs.built(SampleSpecs.pi("monitoring: {exposeDriverMetrics: true}"));

    assertThat(objects.pod().getMetadata().getAnnotations())
        .containsEntry("prometheus.io/path", "/metrics/prometheus")
        .containsEntry("prometheus.io/port", "4040");
    assertThat(DriverBuilderTest.properties(objects))
        .containsEntry(
            "spark.metrics.conf.*.sink.prometheusServlet.class",
            "org.apache.spark.metrics.sink.PrometheusServlet");
  }

  @Test
  void putsTheUiBehindAPathOfTheJob() throws IOException {
    DriverObjects objects =
        SampleSpecs.built(
            SampleSpecs.pi(
                "sparkUIOptions: {ingressTLS: [{hosts: [spark.example], secretName: tls}]}"));

    String path =
        "/acme-jobs/" + DriverNames.of(SampleSpecs.driver(SampleSpecs.pi("")).attempt()).prefix();
    JsonNode ingress =
        objects.owned().stream()
            .filter(o -> o.getKind().equals("Ingress"))
            .map(TestJson::tree)
            .findFirst()
            .orElseThrow();
    assertThat(ingress.at("/spec/rules/0/http/paths/0/path").asText())
        .isEqualTo(path + "(/|$)(.*)");
    assertThat(DriverBuilderTest.properties(objects)).containsEntry("spark.ui.proxyBase", path);
  }
}
