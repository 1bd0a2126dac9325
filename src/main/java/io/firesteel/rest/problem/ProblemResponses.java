package io.firesteel.rest.problem;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;

/** Describes that every operation may answer with a problem. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class ProblemResponses implements OASFilter {

  @Override
  public Operation filterOperation(Operation operation) {
    // Generated for every body, without a content
    operation.getResponses().removeAPIResponse("400");
    operation
        .getResponses()
        .setDefaultValue(
            OASFactory.createAPIResponse()
                .description("A problem, as in RFC 9457.")
                .content(
                    OASFactory.createContent()
                        .addMediaType(
                            Problem.MEDIA_TYPE,
                            OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref("Problem")))));
    return operation;
  }
}
