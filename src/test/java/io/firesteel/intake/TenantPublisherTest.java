package io.firesteel.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.definitions.DefinitionError;
import io.firesteel.definitions.Definitions;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.inbox.TenantHome;
import io.firesteel.tenant.Clusters;
import io.firesteel.tenant.Tenant;
import io.firesteel.tenant.Tenants;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What admission is told of tenants. */
final class TenantPublisherTest {

  private static final Tenant SALES = SampleMessages.tenant("sales", "{\"maxConcurrency\":1}");
  private static final Tenants ONLY_SALES = Tenants.of(List.of(SALES));

  @Test
  void aTenantThatWasRemovedWhileNoReplicaRanIsRemovedAtStart() {
    TenantHomes homes = new TenantHomes();
    homes.update("sales", new TenantHome("sales", false));
    homes.update("risk", new TenantHome("shared", false));
    homes.update("gone", new TenantHome("gone", true));

    assertThat(TenantPublisher.messages(ONLY_SALES, homes.defined()))
        .containsExactly(
            new InboxMessage.TenantRemoved("risk"), new InboxMessage.TenantDefined(SALES.limits()));
  }

  @Test
  void aTenantThatIsDefinedIsNotRemoved() {
    assertThat(TenantPublisher.messages(ONLY_SALES, Stream.of("sales", "sales")))
        .containsExactly(new InboxMessage.TenantDefined(SALES.limits()));
  }

  @Test
  void aTenantThatMayBeInABrokenOrMissingFileIsNotRemoved() {
    DefinitionError error = new DefinitionError("a.yaml", 1, "", "is broken");

    assertThat(TenantPublisher.isComplete(definitions(ONLY_SALES))).isTrue();
    assertThat(TenantPublisher.isComplete(definitions(ONLY_SALES, error))).isFalse();
    assertThat(TenantPublisher.isComplete(Definitions.NONE)).isFalse();
  }

  private static Definitions definitions(Tenants tenants, DefinitionError... errors) {
    return new Definitions(tenants, Map.of(), Map.of(), Map.of(), Clusters.ONE, List.of(errors));
  }
}
