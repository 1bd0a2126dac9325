package io.firesteel.intake.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.definitions.Definitions;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.intake.SampleMessages;
import io.firesteel.job.FailureReason;
import io.firesteel.job.Job;
import io.firesteel.tenant.Clusters;
import io.firesteel.tenant.Tenants;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** What a tenant's policy forbids, and what it can allow. */
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
  @CsvFileSource(
      resources = "/io/firesteel/intake/decision/policy-violations.csv",
      delimiter = '|',
      quoteCharacter = '`',
      numLinesToSkip = 1)
  void refusesWhatThePolicyForbids(String change, String reason) {
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
            Map.of(),
            Clusters.ONE,
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
