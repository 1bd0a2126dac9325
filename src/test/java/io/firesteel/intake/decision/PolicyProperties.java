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
       "allow":{"images":["spark:*","good/*"],"secrets":["acme-*"],"hostPaths":["/good/*"]}}\
      """;

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
        "{'driver':{'template':{'spec':{'volumes':null}}}}"
      })
  void whatIsNullIsNotThere(String part) {
    var spec = (ObjectNode) SampleMessages.json(SampleMessages.SPEC);
    PolicyTest.merge(spec, SampleMessages.json(part.replace('\'', '"')));

    if (decide(spec) instanceof Decision.Accept(InboxMessage.JobSubmitted(Job job))) {
      PolicyOracle.assertInside(job);
    }
  }

  @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
  void noAcceptedJobLeavesItsRoom(@ForAll long seed) {
    if (decide(new PolicySpecs(seed).spec())
        instanceof Decision.Accept(InboxMessage.JobSubmitted(Job job))) {
      Statistics.collect("accepted");
      PolicyOracle.assertInside(job);
    } else {
      Statistics.collect("refused");
    }
    Statistics.coverage(coverage -> {
      coverage.check("accepted").percentage(share -> share >= 30);
      coverage.check("refused").percentage(share -> share >= 20);
    });
  }

  private static Decision decide(JsonNode spec) {
    var tenants = Tenants.of(List.of(SampleMessages.tenant("acme", TENANT)));
    return SampleMessages.HANDLER.decide(
        SampleMessages.plain("{\"tenant\":\"acme\",\"spec\":" + spec + "}"),
        new Definitions(tenants, Map.of(), Map.of(), Clusters.ONE, List.of()));
  }
}
