package io.firesteel.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.rest.problem.ProblemCode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the words in a token grant. */
final class GrantsTest {

  private static final String PREFIX = "firesteel:";

  @ParameterizedTest
  @CsvSource({
    "firesteel:acme:viewer,    VIEWER,    acme,   true",
    "firesteel:acme:viewer,    SUBMITTER, acme,   false",
    "firesteel:acme:submitter, VIEWER,    acme,   true",
    "firesteel:acme:operator,  SUBMITTER, acme,   true",
    "firesteel:acme:operator,  VIEWER,    globex, false",
    "firesteel:*:viewer,       VIEWER,    globex, true",
    "firesteel:*:viewer,       SUBMITTER, globex, false",
    "firesteel:acme:owner,     VIEWER,    acme,   false",
    "firesteel:acme:VIEWER,    VIEWER,    acme,   false",
    "firesteel:acme,           VIEWER,    acme,   false",
    "firesteel::viewer,        VIEWER,    '',     false",
    "firesteel:a:b:viewer,     VIEWER,    a,      false",
    "other:acme:operator,      VIEWER,    acme,   false",
    "acme:operator,            VIEWER,    acme,   false",
  })
  void aWordGrantsARoleForATenant(String word, Role needed, String tenant, boolean allowed) {
    assertThat(Grants.of(List.of(word), PREFIX).allow(needed, tenant)).isEqualTo(allowed);
  }

  @Test
  void theHighestRoleForATenantCounts() {
    Grants grants = Grants.of(List.of("firesteel:acme:operator", "firesteel:acme:viewer"), PREFIX);

    assertThat(grants.byTenant()).containsEntry("acme", Role.OPERATOR);
  }

  @Test
  void aRoleForOneTenantIsNoneForAll() {
    Grants grants = Grants.of(List.of("firesteel:acme:operator"), PREFIX);

    assertThat(grants.allowForAll(Role.VIEWER)).isFalse();
    assertThat(grants.allowForAny(Role.OPERATOR)).isTrue();
  }

  @Requires(Role.SUBMITTER)
  @Test
  void anOperationThatNamesNoRoleIsForNobody() throws NoSuchMethodException {
    Requires submitter =
        GrantsTest.class
            .getDeclaredMethod("anOperationThatNamesNoRoleIsForNobody")
            .getAnnotation(Requires.class);

    assertThat(decide(null, null)).contains(ProblemCode.FORBIDDEN);
    assertThat(decide(submitter, null)).isEmpty();
    assertThat(decide(submitter, "same-origin")).isEmpty();
    assertThat(decide(submitter, "cross-site")).contains(ProblemCode.CROSS_SITE);
  }

  private static Optional<ProblemCode> decide(@Nullable Requires requires, @Nullable String site) {
    Caller caller = new Caller("ann", Grants.EVERYTHING);
    return AccessDecision.deny(caller, requires, "acme", true, site);
  }

  @Test
  void aCallerWhoHasUsedUpTheBurstWaits() {
    long[] nanos = {0};
    RateLimit limit = new RateLimit(2, 1, () -> nanos[0]);

    assertThat(List.of(limit.take("ann"), limit.take("ann"), limit.take("ann")))
        .containsExactly(true, true, false);
    assertThat(limit.take("bob")).isTrue();
    nanos[0] = 1_000_000_000L;
    assertThat(limit.take("ann")).isTrue();
  }
}
