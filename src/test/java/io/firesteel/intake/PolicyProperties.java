package io.firesteel.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.firesteel.definitions.Definitions;
import io.firesteel.driver.DriverBuild;
import io.firesteel.driver.DriverBuilder;
import io.firesteel.driver.DriverObjects;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.job.Attempt;
import io.firesteel.job.DesiredDriver;
import io.firesteel.job.Job;
import io.firesteel.kafka.Json;
import io.firesteel.schema.Mutations;
import io.firesteel.tenant.Tenants;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

/**
 * No request, however built, creates an object outside its tenant's room. Everything that is not
 * allowed bears the word {@code evil}, so that the judge needs no knowledge of the rules: an
 * accepted job's objects do not contain the word, and open no door of the node.
 */
final class PolicyProperties {

  private static final String TENANT =
      """
      {"maxConcurrency":1,"namespace":"acme-jobs","serviceAccount":"runner",
       "allow":{"images":["spark:*","good/*"],"secrets":["acme-*"],"hostPaths":["/good/*"]}}\
      """;

  /** Fields of a pod's spec, for templates. */
  private static final List<String> POD =
      List.of(
          "{'serviceAccountName':'evil'}",
          "{'serviceAccount':'evil'}",
          "{'hostNetwork':true}",
          "{'hostPID':true}",
          "{'hostIPC':true}",
          "{'imagePullSecrets':[{'name':'evil'}]}",
          "{'securityContext':{'sysctls':[{'name':'evil','value':'1'}]}}",
          "{'volumes':[{'name':'v','hostPath':{'path':'/evil'}}]}",
          "{'volumes':[{'name':'v','hostPath':{'path':'/good/../evil'}}]}",
          "{'volumes':[{'name':'v','secret':{'secretName':'evil'}}]}",
          "{'volumes':[{'name':'v','image':{'reference':'evil'}}]}",
          "{'volumes':[{'name':'v','csi':{'driver':'d','nodePublishSecretRef':{'name':'evil'}}}]}",
          "{'volumes':[{'name':'v','cephfs':{'monitors':['m'],'secretRef':{'name':'evil'}}}]}",
          "{'volumes':[{'name':'v','azureFile':{'secretName':'evil','shareName':'s'}}]}",
          "{'volumes':[{'name':'v','projected':{'sources':[{'secret':{'name':'evil'}}]}}]}");

  /** Fields of a container. */
  private static final List<String> CONTAINER =
      List.of(
          "{'image':'evil'}",
          "{'image':'${env:evil}'}",
          "{'securityContext':{'privileged':true}}",
          "{'securityContext':{'allowPrivilegeEscalation':true}}",
          "{'securityContext':{'capabilities':{'add':['EVIL']}}}",
          "{'securityContext':{'procMount':'Unmasked'}}",
          "{'ports':[{'containerPort':1,'hostPort':1}]}",
          "{'env':[{'name':'A','valueFrom':{'secretKeyRef':{'name':'evil','key':'k'}}}]}",
          "{'env':[{'name':'JAVA_TOOL_OPTIONS','value':'-Dspark.master=evil'}]}",
          "{'envFrom':[{'secretRef':{'name':'evil'}}]}");

  /** Fields of driver or executor. */
  private static final List<String> ROLE =
      List.of(
          "{'serviceAccount':'evil'}",
          "{'hostNetwork':true}",
          "{'image':'evil'}",
          "{'secrets':[{'name':'evil','path':'/s','secretType':'Generic'}]}",
          "{'envSecretKeyRefs':{'A':{'name':'evil','key':'k'}}}",
          "{'env':[{'name':'A','valueFrom':{'secretKeyRef':{'name':'evil','key':'k'}}}]}",
          "{'envFrom':[{'secretRef':{'name':'evil'}}]}",
          "{'envVars':{'JDK_JAVA_OPTIONS':'-Dspark.master=evil'}}",
          "{'javaOptions':'-Dspark.kubernetes.namespace=evil'}",
          "{'javaOptions':'-Xmx1g -D\\u0022spark.\\u0022master=evil'}",
          "{'securityContext':{'privileged':true}}",
          "{'kubernetesMaster':'https://evil'}");

  private static final List<String> CONF =
      List.of(
          "spark.master",
          "spark.kubernetes.namespace",
          "spark.kubernetes.container.image",
          "spark.kubernetes.driver.container.image",
          "spark.kubernetes.executor.container.image",
          "spark.kubernetes.container.image.pullSecrets",
          "spark.kubernetes.authenticate.driver.serviceAccountName",
          "spark.kubernetes.authenticate.executor.serviceAccountName",
          "spark.kubernetes.authenticate.serviceAccountName",
          "spark.kubernetes.authenticate.executor.oauthToken",
          "spark.kubernetes.driver.podTemplateFile",
          "spark.kubernetes.executor.podTemplateFile",
          "spark.kubernetes.driver.master",
          "spark.kubernetes.driver.pod.featureSteps",
          "spark.kubernetes.executor.pod.featureSteps",
          "spark.kubernetes.driver.secretKeyRef.A",
          "spark.kubernetes.executor.secretKeyRef.A",
          "spark.kubernetes.executor.volumes.hostPath.v.options.path",
          "spark.kubernetes.driver.volumes.hostPath.v.options.path",
          "spark.kubernetes.kerberos.tokenSecret.name",
          "spark.kubernetes.context");

  @Test
  void aJobThatAsksForNothingSpecialIsAccepted() {
    assertThat(decide(Messages.json(Messages.SPEC))).isInstanceOf(Decision.Accept.class);
  }

  @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
  void noAcceptedJobLeavesItsRoom(@ForAll long seed) {
    var random = new Random(seed);
    ObjectNode spec = (ObjectNode) Messages.json(Messages.SPEC);
    int attacks = random.nextInt(1, 4);
    for (int i = 0; i < attacks; i++) {
      attack(spec, random);
    }
    JsonNode hostile = random.nextInt(3) == 0 ? new Mutations(seed).mutate(spec) : spec;

    if (decide(hostile) instanceof Decision.Accept(_, InboxMessage.Submitted(Job job))) {
      Statistics.collect("accepted");
      assertStaysInside(job);
    } else {
      Statistics.collect("refused");
    }
  }

  private static void assertStaysInside(Job job) {
    DriverObjects objects = build(job);
    String all =
        Json.tree(objects.pod()) + objects.owned().stream().map(Json::tree).toList().toString();

    assertThat(job.placement().namespace()).isEqualTo("acme-jobs");
    assertThat(objects.pod().getSpec().getServiceAccountName()).isEqualTo("runner");
    assertThat(
            Stream.concat(Stream.of((HasMetadata) objects.pod()), objects.owned().stream())
                .map(object -> object.getMetadata().getNamespace()))
        .containsOnly("acme-jobs");
    assertThat(around(all, "evil")).isEmpty();
    assertThat(all.replaceAll("[\\s\\\\]", ""))
        .doesNotContain(
            "\"hostNetwork\":true",
            "\"hostPID\":true",
            "\"hostIPC\":true",
            "\"privileged\":true",
            "\"allowPrivilegeEscalation\":true",
            "\"hostPort\":1",
            "Unmasked");
    assertOptionsComeAfterTheFile(objects.pod().getSpec().getContainers());
  }

  /** Whatever stands behind the main file goes to the application, never to spark-submit. */
  private static void assertOptionsComeAfterTheFile(List<Container> containers) {
    for (Container container : containers) {
      List<String> args = container.getArgs();
      int option = args.indexOf("--conf");
      if (option >= 0) {
        assertThat(args.subList(0, option)).anyMatch(arg -> arg.contains(":/"));
      }
    }
  }

  private static String around(String text, String word) {
    int at = text.toLowerCase(Locale.ROOT).indexOf(word);
    return at < 0 ? "" : text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 100));
  }

  private static DriverObjects build(Job job) {
    var driver =
        new DesiredDriver(
            new Attempt(job.key(), 1),
            job.cohort(),
            job.placement(),
            null,
            false,
            job.labels(),
            null,
            job.spec());
    return switch (DriverBuilder.build(driver, 0)) {
      case DriverBuild.Built(DriverObjects objects) -> objects;
      case DriverBuild.Refused(var problems) -> throw new AssertionError(problems);
    };
  }

  private static void attack(ObjectNode spec, Random random) {
    ObjectNode role = (ObjectNode) spec.get(random.nextBoolean() ? "driver" : "executor");
    switch (random.nextInt(10)) {
      case 0 -> PolicyTest.merge(template(role), fragment(POD, random));
      case 1 -> containers(template(role), random);
      case 2 -> container(role, random.nextBoolean() ? "sidecars" : "initContainers", random);
      case 3, 4 -> PolicyTest.merge(role, fragment(ROLE, random));
      case 5 -> PolicyTest.merge(spec, fragment(POD, random));
      case 6 -> spec.putArray("arguments").add("--conf").add("spark.kubernetes.namespace=x");
      case 7 ->
          spec.put(pick(List.of("image", "proxyUser", "mainApplicationFile"), random), "--evil:x");
      default -> conf(spec, random);
    }
    if (random.nextInt(4) == 0) {
      mount(spec, role);
    }
  }

  private static void conf(ObjectNode spec, Random random) {
    String key = disguise(pick(CONF, random), random);
    String value =
        pick(List.of("evil", "evil:k", "/good/../evil", "${spark.evil}", " evil"), random);
    spec.withObject("/sparkConf").put(key, value);
    if (random.nextBoolean()) {
      String role = key.contains("driver") ? "driver" : "executor";
      spec.withObject("/sparkConf")
          .put("spark.kubernetes." + role + ".volumes.hostPath.v.mount.path", "/x");
    }
  }

  private static String disguise(String key, Random random) {
    int at = random.nextInt(key.length());
    return switch (random.nextInt(8)) {
      case 0 ->
          key.substring(0, at) + Character.toUpperCase(key.charAt(at)) + key.substring(at + 1);
      case 1 -> key + pick(List.of(" ", "\t", "\n", "\u00a0", "=", ":"), random);
      case 2 -> pick(List.of(" ", "\t", "\ufeff"), random) + key;
      case 3 ->
          key.substring(0, at)
              + "\\u"
              + "%04x".formatted((int) key.charAt(at))
              + key.substring(at + 1);
      case 4 -> key.toUpperCase(Locale.ROOT);
      default -> key;
    };
  }

  private static void containers(ObjectNode template, Random random) {
    ObjectNode container = (ObjectNode) fragment(CONTAINER, random);
    if (!container.has("image")) {
      container.put("image", "good/image");
    }
    container.put("name", pick(List.of("spark-kubernetes-driver", "other"), random));
    template.withArray(random.nextInt(3) == 0 ? "/initContainers" : "/containers").add(container);
  }

  private static void container(ObjectNode role, String field, Random random) {
    ObjectNode container = (ObjectNode) fragment(CONTAINER, random);
    if (!container.has("image")) {
      container.put("image", "good/image");
    }
    role.withArray("/" + field).add(container.put("name", "beside"));
  }

  private static void mount(ObjectNode spec, ObjectNode role) {
    if (spec.has("volumes")) {
      role.withArray("/volumeMounts").addObject().put("name", "v").put("mountPath", "/v");
    }
  }

  private static ObjectNode template(ObjectNode role) {
    return role.withObject("/template/spec");
  }

  private static JsonNode fragment(List<String> pool, Random random) {
    return Messages.json(pick(pool, random).replace('\'', '"')).deepCopy();
  }

  private static <T> T pick(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }

  private static Decision decide(JsonNode spec) {
    var tenants = Tenants.of(List.of(Messages.tenant("acme", TENANT)));
    return Messages.INTAKE.decide(
        Messages.plain("{\"tenant\":\"acme\",\"spec\":" + spec + "}"),
        new Definitions(tenants, Map.of(), Map.of(), List.of()));
  }
}
