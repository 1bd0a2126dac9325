package io.firesteel.definitions;

import io.smallrye.health.api.Wellness;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Reports errors in definitions. It affects neither liveness nor readiness, because the last valid
 * definitions are in force, and a restart would lose them.
 */
@Wellness
final class DefinitionsHealth implements HealthCheck {

  private static final int MAX_SHOWN = 20;

  private final CurrentDefinitions definitions;

  DefinitionsHealth(CurrentDefinitions definitions) {
    this.definitions = definitions;
  }

  @Override
  public HealthCheckResponse call() {
    var current = definitions.get();
    var answer = HealthCheckResponse.named("definitions").status(current.errors().isEmpty());
    addErrors(current, answer);
    return answer.build();
  }

  /** Adds the first errors to the data of an answer. */
  static void addErrors(Definitions definitions, HealthCheckResponseBuilder answer) {
    var errors = definitions.errors();
    for (int i = 0; i < Math.min(MAX_SHOWN, errors.size()); i++) {
      answer.withData("error-" + (i + 1), errors.get(i).toString());
    }
  }
}
