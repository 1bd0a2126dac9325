package io.firesteel.rest.access;

import io.firesteel.rest.problem.ProblemCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides whether a caller may call an operation. Pure. */
final class AccessDecision {

  private AccessDecision() {}

  /**
   * Why a call is denied; empty if it is allowed. Says the same of a tenant that does not exist as
   * of one that the caller may not see.
   *
   * @param requires null if the operation does not say whom it is for
   * @param tenant the one in the path; null if there is none
   * @param site the header {@code Sec-Fetch-Site}, by which browsers tell who makes them call
   */
  static Optional<ProblemCode> deny(
      Caller caller,
      @Nullable Requires requires,
      @Nullable String tenant,
      boolean changes,
      @Nullable String site) {
    if (requires == null || !allowed(caller.grants(), requires, tenant)) {
      return Optional.of(ProblemCode.FORBIDDEN);
    }
    boolean foreign = site != null && !site.equals("same-origin") && !site.equals("none");
    return changes && foreign ? Optional.of(ProblemCode.CROSS_SITE) : Optional.empty();
  }

  private static boolean allowed(Grants grants, Requires requires, @Nullable String tenant) {
    if (tenant != null) {
      return grants.allow(requires.value(), tenant);
    }
    return requires.forAnyTenant()
        ? grants.allowForAny(requires.value())
        : grants.allowForAll(requires.value());
  }
}
