package io.firesteel.rest;

import io.firesteel.rest.access.Role;
import io.firesteel.rest.explain.Explanation;
import io.firesteel.rest.problem.Problem;
import io.firesteel.status.JobSummary;
import io.firesteel.status.TenantView;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Registers what Jackson needs in a native image: bodies that no method signature shows. */
@RegisterForReflection(
    targets = {
      DeadLettersResource.DeadLetter.class,
      Explanation.class,
      JobChangesResource.Cancellation.class,
      JobChangesResource.Change.class,
      JobChangesResource.JobPatch.class,
      JobChangesResource.Receipt.class,
      JobChangesResource.RerunRequest.class,
      JobSummary.class,
      OperationsResource.FailedJob.class,
      OperationsResource.Filter.class,
      OperationsResource.OperationRequest.class,
      OperationsResource.OperationResult.class,
      OperationsResource.Verb.class,
      Problem.class,
      Role.class,
      TenantView.class
    })
final class NativeRestTypes {

  private NativeRestTypes() {}
}
