package io.firesteel.intake.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.definitions.Definitions;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.intake.SampleMessages;
import io.firesteel.job.FailureReason;
import io.firesteel.job.Job;
import io.firesteel.tenant.Tenants;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way that was thought of to leave a tenant's room, and what a tenant may be allowed. */
final class PolicyTest {

  private static final String CLOSED =
      """
      {"maxConcurrency":1,
       "allow":{"images":["spark:*"],"secrets":["acme-*"]},
       "perJob":{"cores":8,"memory":"16g","executors":4},
       "defaultConf":{"spark.eventLog.enabled":"true"},
       "enforcedConf":{"spark.ui.enabled":"false","spark.driver.memory":"512m"}}\
      """;

  private static final String OPEN =
      """
      {"maxConcurrency":1,
       "allow":{"serviceAccounts":["team-*"],"hostPaths":["/data/*"],"proxyUsers":["etl"],
                "conf":["spark.kubernetes.kerberos.*"],"hostNetwork":true,"privileged":true}}\
      """;

  @Test
  void letsAPlainJobThrough() {
    assertThat(decide(CLOSED, "{}")).isInstanceOf(Decision.Accept.class);
  }

  @Test
  void putsTheTenantsPropertiesIntoTheSpec() {
    JsonNode conf =
        accepted(CLOSED, "{\"sparkConf\":{\"spark.ui.enabled\":\"true\"}}").spec().get("sparkConf");

    assertThat(conf.get("spark.ui.enabled").asText()).isEqualTo("false");
    assertThat(conf.get("spark.eventLog.enabled").asText()).isEqualTo("true");
  }

  @Test
  void letsARequestOverrideADefault() {
    JsonNode conf =
        accepted(CLOSED, "{\"sparkConf\":{\"spark.eventLog.enabled\":\"false\"}}")
            .spec()
            .get("sparkConf");

    assertThat(conf.get("spark.eventLog.enabled").asText()).isEqualTo("false");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'image':'evil:1'}|; allow.images allows",
        "{'driver':{'image':'evil:1'}}|; allow.images allows",
        "{'image':'spark:${env:X}'}|; allow.images allows",
        "{'executor':{'sidecars':[{'name':'a','image':'evil'}]}}|; allow.images allows",
        "{'driver':{'initContainers':[{'name':'a','image':'evil'}]}}|; allow.images allows",
        "{'driver':{'template':{'spec':{'containers':[{'name':'x','image':'evil'}]}}}}|; allow.images allows",
        "{'driver':{'serviceAccount':'admin'}}|see allow.serviceAccounts",
        "{'executor':{'serviceAccount':'admin'}}|see allow.serviceAccounts",
        "{'executor':{'template':{'spec':{'serviceAccountName':'admin'}}}}|see allow.serviceAccounts",
        "{'driver':{'hostNetwork':true}}|/hostNetwork",
        "{'executor':{'template':{'spec':{'hostPID':true}}}}|/hostPID",
        "{'driver':{'securityContext':{'privileged':true}}}|/privileged",
        "{'driver':{'securityContext':{'capabilities':{'add':['SYS_ADMIN']}}}}|/add",
        "{'executor':{'sidecars':[{'name':'a','image':'spark:1','securityContext':{'privileged':true}}]}}|/privileged",
        "{'volumes':[{'name':'v','hostPath':{'path':'/etc'}}]}|; allow.hostPaths allows",
        "{'driver':{'template':{'spec':{'volumes':[{'name':'v','hostPath':{'path':'/'}}]}}}}|; allow.hostPaths allows",
        "{'sparkConf':{'spark.kubernetes.executor.volumes.hostPath.v.mount.path':'/x','spark.kubernetes.executor.volumes.hostPath.v.options.path':'/etc'}}|; allow.hostPaths allows",
        "{'driver':{'secrets':[{'name':'other','path':'/s','secretType':'Generic'}]}}|; allow.secrets allows",
        "{'driver':{'env':[{'name':'A','valueFrom':{'secretKeyRef':{'name':'other','key':'k'}}}]}}|; allow.secrets allows",
        "{'executor':{'envFrom':[{'secretRef':{'name':'other'}}]}}|; allow.secrets allows",
        "{'executor':{'envSecretKeyRefs':{'A':{'name':'other','key':'k'}}}}|; allow.secrets allows",
        "{'volumes':[{'name':'v','secret':{'secretName':'other'}}]}|; allow.secrets allows",
        "{'volumes':[{'name':'v','projected':{'sources':[{'secret':{'name':'other'}}]}}]}|; allow.secrets allows",
        "{'imagePullSecrets':['other']}|; allow.secrets allows",
        "{'sparkConf':{'spark.kubernetes.executor.secretKeyRef.A':'other:k'}}|; allow.secrets allows",
        "{'sparkConf':{'spark.kubernetes.executor.secrets.other':'/s'}}|; allow.secrets allows",
        "{'sparkConf':{'spark.kubernetes.kerberos.tokenSecret.name':'other','spark.kubernetes.kerberos.tokenSecret.itemKey':'k'}}|is reserved",
        "{'sparkConf':{'spark.kubernetes.authenticate.submission.oauthToken':'x'}}|is reserved",
        "{'sparkConf':{'spark.Kubernetes.Namespace':'other'}}|is reserved",
        "{'sparkConf':{'spark.kubernetes.executor.podTemplateFile ':'/x'}}|is not the name of a Spark property",
        "{'driver':{'kubernetesMaster':'https://evil'}}|kubernetesMaster",
        "{'driver':{'javaOptions':'-Dspark.kubernetes.namespace=other'}}|passes Spark properties as JVM options",
        "{'driver':{'javaOptions':'-D\\'spark.\\'master=x'}}|passes Spark properties as JVM options",
        "{'driver':{'javaOptions':'@/tmp/options'}}|passes Spark properties as JVM options",
        "{'driver':{'env':[{'name':'JDK_JAVA_OPTIONS','value':'-Dspark.master=x'}]}}|passes Spark properties as JVM options",
        "{'executor':{'envVars':{'JAVA_TOOL_OPTIONS':'-Dspark.master=x'}}}|passes Spark properties as JVM options",
        "{'mainApplicationFile':'--conf=spark.kubernetes.namespace=other:x'}|begins with '-'",
        "{'mainApplicationFile':'$(A):1','driver':{'env':[{'name':'A','value':'--conf=spark.kubernetes.executor.container.image=evil'}]}}|begins with '$'",
        "{'driver':{'env':[{'name':'A','value':'-Dsp'},{'name':'JAVA_TOOL_OPTIONS','value':'$(A)ark.master=x'}]}}|passes Spark properties as JVM options",
        "{'driver':{'env':[{'name':'JDK_JAVA_OPTIONS','value':'@/tmp/options'}]}}|passes Spark properties as JVM options",
        "{'executor':{'envVars':{'JDK_JAVA_OPTIONS':'@/tmp/options'}}}|passes Spark properties as JVM options",
        "{'sparkConf':{'spark.kubernetes.namespace':'other'}}|is not the tenant's namespace",
        "{'driver':{'template':{'metadata':{'finalizers':['a.b/c']}}}}|/finalizers",
        "{'executor':{'template':{'metadata':{'finalizers':['a.b/c']}}}}|/finalizers",
        "{'driver':{'template':{'metadata':{'ownerReferences':[{'apiVersion':'v1','kind':'Pod','name':'x','uid':'y'}]}}}}|/ownerReferences",
        "{'driver':{'securityContext':{'seccompProfile':{'type':'Unconfined'}}}}|/seccompProfile",
        "{'executor':{'podSecurityContext':{'appArmorProfile':{'type':'Unconfined'}}}}|/appArmorProfile",
        "{'driver':{'podSecurityContext':{'seLinuxOptions':{'type':'spc_t'}}}}|/seLinuxOptions",
        "{'driver':{'annotations':{'container.apparmor.security.beta.kubernetes.io/spark-kubernetes-driver':'unconfined'}}}|not allowed for this tenant",
        "{'executor':{'annotations':{'container.apparmor.security.beta.kubernetes.io/spark-kubernetes-executor':'unconfined'}}}|not allowed for this tenant",
        "{'executor':{'sidecars':[{'name':'spark-kubernetes-a','image':'spark:1','resources':{'limits':{'cpu':'64'}}}]}}|perJob.cores allows 8",
        "{'driver':{'template':{'spec':{'containers':[{'name':'spark-kubernetes-driver','image':'spark:1','resources':{'limits':{'cpu':'64'}}}]}}}}|perJob.cores allows 8",
        "{'executor':{'template':{'spec':{'containers':[{'name':'spark-kubernetes-executor','image':'spark:1','resources':{'requests':{'memory':'640Gi'}}}]}}}}|perJob.memory allows 16384",
        "{'proxyUser':'hdfs'}|; allow.proxyUsers allows",
        "{'driver':{'memory':'1g'}}|is enforced by the tenant's policy",
        "{'executor':{'instances':5}}|perJob.executors allows 4",
        "{'executor':{'cores':9}}|perJob.cores allows 8",
        "{'executor':{'coreLimit':'9'}}|perJob.cores allows 8",
        "{'executor':{'memory':'64g'}}|perJob.memory allows 16384",
        "{'sparkConf':{'spark.executor.memoryOverhead':'64g'}}|perJob.memory allows 16384",
        "{'dynamicAllocation':{'enabled':true}}|perJob.executors allows 4",
        "{'executor':{'sidecars':[{'name':'a','image':'spark:1','resources':{'limits':{'cpu':'64'}}}]}}|perJob.cores allows 8",
      })
  void deniesWhatTheTenantIsNotAllowed(String change, String reason) {
    assertThat(decide(CLOSED, change.replace("\\'", "\\u0027").replace('\'', '"')))
        .isInstanceOfSatisfying(
            Decision.Reject.class,
            refused -> {
              assertThat(refused.rejection().reason()).isEqualTo(FailureReason.POLICY_DENIED);
              assertThat(refused.rejection().message()).contains(reason);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'sparkConf':{'spark.master':'local'}}",
        "{'sparkConf':{'spark.kubernetes.authenticate.driver.serviceAccountName':'admin'}}",
        "{'sparkConf':{'spark.kubernetes.executor.podTemplateFile':'/x'}}",
        "{'sparkConf':{'spark.kubernetes.container.image':'evil'}}",
      })
  void rejectsWhatNoTenantMaySet(String change) {
    assertThat(decide(OPEN, change.replace('\'', '"')))
        .isInstanceOfSatisfying(
            Decision.Reject.class,
            refused ->
                assertThat(refused.rejection().reason()).isEqualTo(FailureReason.SPEC_INVALID));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'image':'any:1'}",
        "{'driver':{'hostNetwork':true}}",
        "{'driver':{'securityContext':{'privileged':true}}}",
        "{'volumes':[{'name':'v','hostPath':{'path':'/data/in'}}]}",
        "{'driver':{'secrets':[{'name':'other','path':'/s','secretType':'Generic'}]}}",
        "{'sparkConf':{'spark.kubernetes.kerberos.tokenSecret.name':'x','spark.kubernetes.kerberos.tokenSecret.itemKey':'k'}}",
        "{'proxyUser':'etl'}",
        "{'executor':{'instances':500}}",
      })
  void allowsWhatTheTenantIsAllowed(String change) {
    assertThat(decide(OPEN, change.replace('\'', '"'))).isInstanceOf(Decision.Accept.class);
  }

  @Test
  void runsUnderTheAllowedServiceAccountThatTheSpecNames() {
    assertThat(
            accepted(OPEN, "{\"driver\":{\"serviceAccount\":\"team-a\"}}")
                .placement()
                .serviceAccount())
        .isEqualTo("team-a");
  }

  @Test
  void deniesAnotherServiceAccountForTheExecutorsThanForTheDriver() {
    assertThat(
            decide(
                OPEN,
                "{\"driver\":{\"serviceAccount\":\"team-a\"},\"executor\":{\"serviceAccount\":\"team-b\"}}"))
        .isInstanceOf(Decision.Reject.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/data/x|true",
        "/data/../etc|false",
        "/data//x|true",
        "data/x|false",
        "/etc|false",
        "/data|false"
      })
  void readsHostPathsAsTheKernelDoes(String path, boolean allowed) {
    String change = "{\"volumes\":[{\"name\":\"v\",\"hostPath\":{\"path\":\"" + path + "\"}}]}";

    assertThat(decide(OPEN, change) instanceof Decision.Accept).isEqualTo(allowed);
  }

  private static Job accepted(String tenant, String change) {
    assertThat(decide(tenant, change)).isInstanceOf(Decision.Accept.class);
    var accept = (Decision.Accept) decide(tenant, change);
    return ((InboxMessage.JobSubmitted) accept.message()).job();
  }

  private static Decision decide(String tenant, String change) {
    var definitions =
        new Definitions(
            Tenants.of(List.of(SampleMessages.tenant("acme", tenant))),
            Map.of(),
            Map.of(),
            List.of());
    ObjectNode spec = (ObjectNode) SampleMessages.json(SampleMessages.SPEC);
    merge(spec, SampleMessages.json(change));
    return SampleMessages.HANDLER.decide(
        SampleMessages.plain("{\"tenant\":\"acme\",\"spec\":" + spec + "}"), definitions);
  }

  static void merge(ObjectNode into, JsonNode change) {
    for (var field : change.properties()) {
      if (into.get(field.getKey()) instanceof ObjectNode inner && field.getValue().isObject()) {
        merge(inner, field.getValue());
      } else {
        into.set(field.getKey(), field.getValue());
      }
    }
  }
}
