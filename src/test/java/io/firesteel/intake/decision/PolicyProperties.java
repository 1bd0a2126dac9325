package io.firesteel.intake.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.definitions.Definitions;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.intake.SampleMessages;
import io.firesteel.job.Job;
import io.firesteel.tenant.Clusters;
import io.firesteel.tenant.Tenants;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No request, however built, creates an object outside its tenant's namespace, or with a service
 * account, secret, image, path of the node or property that is not the tenant's. A large part of
 * the requests is accepted, so that objects are judged and not only refusals counted.
 */
final class PolicyProperties {

  private static final String TENANT =
      """
      {"maxConcurrency":1,"namespace":"acme-jobs","serviceAccount":"runner",
       "allow":{"images":["spark:*","good/*"],"secrets":["acme-*"],"hostPaths":["/good/*"],
                "ingressHosts":["a.example"],"schedulers":["volcano"],"tolerations":["spot"],
                "runtimeClasses":["gvisor"]}}\
      """;
  private static final Definitions DEFINITIONS =
      new Definitions(
          Tenants.of(List.of(SampleMessages.tenant("acme", TENANT))),
          Map.of(),
          Map.of(),
          Map.of(),
          Clusters.ONE,
          List.of());

  @Test
  void aJobThatAsksForNothingSpecialIsAccepted() {
    assertThat(decide(SampleMessages.json(SampleMessages.SPEC)))
        .isInstanceOf(Decision.Accept.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'driver':{'template':{'spec':{'securityContext':{'sysctls':null}}}}}",
        "{'driver':{'template':{'spec':{'volumes':[{'name':'v','image':{'reference':null}}]}}}}",
        "{'driver':{'template':{'metadata':{'finalizers':null}}}}",
        "{'driver':{'securityContext':{'capabilities':{'add':null}}}}",
        "{'executor':{'template':{'spec':{'imagePullSecrets':null,'securityContext':null}}}}",
        "{'executor':{'sidecars':[{'name':'s','image':null,'envFrom':null,'env':null}]}}",
        "{'driver':{'template':{'spec':{'volumes':[{'name':'v','hostPath':{'path':null}}]}}}}",
        "{'volumes':[{'name':'v','hostPath':{}}],'driver':{'volumeMounts':[{'name':'v','mountPath':'/v'}]}}",
        "{'driver':{'template':{'spec':{'volumes':[{'name':'v','projected':{'sources':null}}]}}}}",
        "{'driver':{'template':{'spec':{'volumes':[{'name':'v','projected':{'sources':[null]}}]}}}}",
        "{'driver':{'template':{'spec':{'volumes':[null]}}}}",
        "{'executor':{'template':{'spec':{'containers':[{'name':'c','ports':[null],'env':[null]}]}}}}",
        "{'executor':{'envFrom':[null]},'driver':{'env':[null]}}",
        "{'driver':{'template':{'spec':{'volumes':null}}}}",
        "{'driver':{'template':{'spec':{'tolerations':[null],'nodeName':null,'resources':null}}}}",
        "{'sparkUIOptions':{'ingressTLS':[{'hosts':[null]}]}}",
        "{'sparkUIOptions':{'ingressTLS':[{'hosts':null}],'ingressAnnotations':null}}",
        "{'driver':{'podSecurityContext':{'runAsNonRoot':null,'runAsUser':null}}}",
        "{'driver':{'affinity':{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[null]}}}}"
      })
  void whatIsNullIsNotThere(String part) {
    var spec = (ObjectNode) SampleMessages.json(SampleMessages.SPEC);
    PolicyTest.merge(spec, SampleMessages.json(part.replace('\'', '"')));

    if (decide(spec) instanceof Decision.Accept(InboxMessage.JobSubmitted(Job job))) {
      PolicyOracle.assertInside(job);
    }
  }

  @Property(tries = 200, shrinking = ShrinkingMode.OFF)
  void noAcceptedJobLeavesItsRoom(@ForAll long seed) {
    boolean accepted = isAcceptedAndInside(new PolicySpecs(seed).spec());
    Statistics.collect(accepted ? "accepted" : "refused");
    Statistics.coverage(coverage -> {
      coverage.check("accepted").percentage(share -> share >= 20);
      coverage.check("refused").percentage(share -> share >= 20);
    });
  }

  /** Each field of a pod once in the driver's template or in the executors', with random values. */
  @Test
  void noFieldOfAPodLeadsOut() {
    int accepted = 0;
    List<List<String>> paths = RandomPods.paths();
    for (int i = 0; i < paths.size(); i++) {
      if (isAcceptedAndInside(template(new RandomPods(i).with(paths.get(i)), i % 2 == 0))) {
        accepted++;
      }
    }

    System.out.printf("policy: %d of %d fields of a pod are free%n", accepted, paths.size());
    assertThat(paths).hasSizeGreaterThan(400);
    assertThat(accepted).isBetween(paths.size() / 4, paths.size() * 3 / 4);
  }

  @Property(tries = 150, shrinking = ShrinkingMode.OFF)
  void noPodLeadsOut(@ForAll long seed) {
    JsonNode spec = template(new RandomPods(seed).pod(), seed % 2 == 0);
    Statistics.collect(isAcceptedAndInside(spec) ? "accepted" : "refused");
    Statistics.coverage(coverage -> coverage.check("accepted").percentage(share -> share >= 5));
  }

  private static JsonNode template(ObjectNode pod, boolean driver) {
    var spec = (ObjectNode) SampleMessages.json(SampleMessages.SPEC).deepCopy();
    spec.withObject(driver ? "/driver/template" : "/executor/template").set("spec", pod);
    return spec;
  }

  private static boolean isAcceptedAndInside(JsonNode spec) {
    if (decide(spec) instanceof Decision.Accept(InboxMessage.JobSubmitted(Job job))) {
      PolicyOracle.assertInside(job);
      return true;
    }
    return false;
  }

  private static Decision decide(JsonNode spec) {
    return SampleMessages.HANDLER.decide(
        SampleMessages.plain("{\"tenant\":\"acme\",\"spec\":" + spec + "}"), DEFINITIONS);
  }
}
