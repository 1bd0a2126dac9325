package io.firesteel.intake.decision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.intake.SampleMessages;
import io.firesteel.schema.Mutations;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Random specs: with all that a tenant may have, and in some of them with something that leads out
 * of its room. That bears the word {@code evil} where it can.
 */
final class PolicySpecs {

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
          "{'volumes':[{'name':'v','projected':{'sources':[{'secret':{'name':'evil'}}]}}]}",
          "{'securityContext':{'seccompProfile':{'type':'Unconfined'}}}",
          "{'securityContext':{'seLinuxOptions':{'type':'evil'}}}",
          "{'volumes':[{'name':'v','nfs':{'server':'evil','path':'/'}}]}",
          "{'volumes':[{'name':'v','gitRepo':{'repository':'evil'}}]}",
          "{'priorityClassName':'evil'}",
          "{'schedulerName':'evil'}",
          "{'runtimeClassName':'evil'}",
          "{'nodeName':'evil'}",
          "{'tolerations':[{'key':'evil','operator':'Exists'}]}",
          "{'tolerations':[{'operator':'Exists'}]}",
          "{'resources':{'limits':{'evil/gpu':'1'}}}");

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
          "{'priorityClassName':'evil'}",
          "{'schedulerName':'evil'}",
          "{'tolerations':[{'key':'evil'}]}",
          "{'gpu':{'name':'evil/gpu','quantity':1}}",
          "{'labels':{'kueue.x-k8s.io/priority-class':'evil'}}",
          "{'podSecurityContext':{'runAsUser':0}}",
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
          "{'kubernetesMaster':'https://evil'}",
          "{'template':{'metadata':{'finalizers':['evil/x']}}}",
          "{'template':{'metadata':{'namespace':'evil'}}}",
          "{'securityContext':{'appArmorProfile':{'type':'Unconfined'}}}");

  /** Fields of the spec as a whole. */
  private static final List<String> WHOLE =
      List.of(
          "{'sparkUIOptions':{'ingressTLS':[{'hosts':['evil']}]}}",
          "{'sparkUIOptions':{'ingressAnnotations':{'evil':'x'}}}",
          "{'sparkUIOptions':{'serviceType':'LoadBalancer'}}",
          "{'sparkUIOptions':{'serviceAnnotations':{'evil':'x'}}}",
          "{'driverIngressOptions':[{'servicePort':8081,'servicePortName':'p','ingressURLFormat':'evil/x'}]}",
          "{'driverIngressOptions':[{'servicePort':8081,'servicePortName':'p','ingressURLFormat':'evil://a.example@evil:80/x'}]}",
          "{'driverIngressOptions':[{'servicePort':8081,'servicePortName':'p','serviceType':'NodePort','ingressURLFormat':'a.example/x'}]}",
          "{'batchScheduler':'yunikorn'}",
          "{'batchScheduler':'volcano','batchSchedulerOptions':{'priorityClassName':'evil'}}",
          "{'batchScheduler':'kueue','batchSchedulerOptions':{'queue':'q','priorityClassName':'evil'}}");

  /** What the tenant may have, for the spec as a whole. */
  private static final List<String> GOOD =
      List.of(
          "{'image':'good/spark:4.1.1'}",
          "{'imagePullSecrets':['acme-registry']}",
          "{'arguments':['--conf','spark.kubernetes.namespace=x']}",
          "{'sparkConf':{'spark.kubernetes.executor.secretKeyRef.B':'acme-db:k'}}",
          "{'sparkConf':{'spark.kubernetes.driver.secrets.acme-tls':'/tls'}}",
          "{'sparkConf':{'spark.kubernetes.executor.volumes.hostPath.d.mount.path':'/d','spark.kubernetes.executor.volumes.hostPath.d.options.path':'/good/d'}}",
          "{'sparkConf':{'spark.kubernetes.driver.volumes.persistentVolumeClaim.p.mount.path':'/p','spark.kubernetes.driver.volumes.persistentVolumeClaim.p.options.claimName':'OnDemand','spark.kubernetes.driver.volumes.persistentVolumeClaim.p.options.storageClass':'fast','spark.kubernetes.driver.volumes.persistentVolumeClaim.p.options.sizeLimit':'1Gi'}}",
          "{'volumes':[{'name':'v','hostPath':{'path':'/good/in'}}]}",
          "{'volumes':[{'name':'v','secret':{'secretName':'acme-key'}}]}",
          "{'volumes':[{'name':'v','projected':{'sources':[{'secret':{'name':'acme-key'}}]}}]}",
          "{'batchScheduler':'volcano'}",
          "{'dynamicAllocation':{'enabled':true,'maxExecutors':3}}",
          "{'monitoring':{'exposeDriverMetrics':true,'exposeExecutorMetrics':true,'prometheus':{'jmxExporterJar':'/j.jar'}}}",
          "{'sparkUIOptions':{'ingressTLS':[{'hosts':['a.example'],'secretName':'acme-tls'}]}}",
          "{'driverIngressOptions':[{'servicePort':8080,'servicePortName':'p','ingressURLFormat':'a.example/x'}]}",
          "{'driverPodDisruptionBudget':true}",
          "{'hadoopConf':{'fs.x':'1'}}");

  /** The same, for driver or executor. */
  private static final List<String> GOOD_ROLE =
      List.of(
          "{'serviceAccount':'runner'}",
          "{'image':'good/spark:4.1.1'}",
          "{'secrets':[{'name':'acme-s','path':'/s','secretType':'Generic'}]}",
          "{'envSecretKeyRefs':{'A':{'name':'acme-s','key':'k'}}}",
          "{'env':[{'name':'A','valueFrom':{'secretKeyRef':{'name':'acme-s','key':'k'}}}]}",
          "{'envFrom':[{'secretRef':{'name':'acme-s'}},{'configMapRef':{'name':'c'}}]}",
          "{'securityContext':{'allowPrivilegeEscalation':false,'capabilities':{'drop':['ALL']}}}",
          "{'javaOptions':'-Xss1m'}",
          "{'sidecars':[{'name':'proxy','image':'good/proxy','env':[{'name':'P','valueFrom':{'secretKeyRef':{'name':'acme-s','key':'k'}}}]}]}",
          "{'initContainers':[{'name':'first','image':'good/first'}]}",
          "{'template':{'metadata':{'labels':{'a':'b'}},'spec':{'serviceAccountName':'runner','runtimeClassName':'gvisor'}}}",
          "{'labels':{'team':'a'},'annotations':{'a/b':'c'}}",
          "{'tolerations':[{'key':'spot','operator':'Exists'}],'nodeSelector':{'disk':'ssd'}}");

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
          "spark.kubernetes.driver.volumes.nfs.v.options.server",
          "spark.kubernetes.executor.volumes.nfs.v.options.server",
          "spark.kubernetes.driver.service.annotation.evil",
          "spark.kubernetes.scheduler.name",
          "spark.kubernetes.executor.scheduler.name",
          "spark.kubernetes.executor.label.kueue.x-k8s.io/priority-class",
          "spark.driver.resource.evil.amount",
          "spark.executor.resource.evil.amount",
          "spark.kubernetes.kerberos.tokenSecret.name",
          "spark.kubernetes.context",
          "spark.kubernetes.file.upload.path",
          "spark.kubernetes.trust.certificates",
          "spark.kubernetes.hadoop.configMapName",
          "spark.kubernetes.scheduler.volcano.podGroupTemplateFile");

  private final Random random;
  private final long seed;

  PolicySpecs(long seed) {
    this.random = new Random(seed);
    this.seed = seed;
  }

  /** A spec; three of five have nothing that leads out. */
  JsonNode spec() {
    ObjectNode spec = (ObjectNode) SampleMessages.json(SampleMessages.SPEC);
    for (int i = random.nextInt(6); i > 0; i--) {
      PolicyTest.merge(spec, fragment(GOOD, random));
    }
    for (int i = random.nextInt(6); i > 0; i--) {
      PolicyTest.merge(role(spec, random), fragment(GOOD_ROLE, random));
    }
    if (random.nextInt(3) == 0) {
      mount(spec, role(spec, random));
    }
    return random.nextInt(5) < 3 ? spec : hostile(spec);
  }

  private JsonNode hostile(ObjectNode spec) {
    for (int i = random.nextInt(1, 3); i > 0; i--) {
      attack(spec, random);
    }
    return random.nextInt(3) == 0 ? new Mutations(seed).mutate(spec) : spec;
  }

  private static ObjectNode role(ObjectNode spec, Random random) {
    return (ObjectNode) spec.get(random.nextBoolean() ? "driver" : "executor");
  }

  private static void attack(ObjectNode spec, Random random) {
    ObjectNode role = role(spec, random);
    switch (random.nextInt(11)) {
      case 0 -> PolicyTest.merge(template(role), fragment(POD, random));
      case 1 -> containers(template(role), random);
      case 2 -> container(role, random.nextBoolean() ? "sidecars" : "initContainers", random);
      case 3, 4 -> PolicyTest.merge(role, fragment(ROLE, random));
      case 5 -> PolicyTest.merge(spec, fragment(POD, random));
      case 10 -> PolicyTest.merge(spec, fragment(WHOLE, random));
      case 6 -> spec.putArray("arguments").add("--conf").add("spark.kubernetes.namespace=x");
      case 7 ->
          spec.put(
              pick(List.of("image", "proxyUser", "mainApplicationFile"), random),
              pick(List.of("--evil:x", "$(EVIL):x"), random));
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
    return SampleMessages.json(pick(pool, random).replace('\'', '"')).deepCopy();
  }

  private static <T> T pick(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }
}
