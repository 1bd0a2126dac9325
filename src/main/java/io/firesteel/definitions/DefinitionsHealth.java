package io.firesteel.definitions;

import io.smallrye.health.api.Wellness;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

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
    var errors = definitions.get().errors();
    var answer = HealthCheckResponse.named("definitions").status(errors.isEmpty());
    for (int i = 0; i < Math.min(MAX_SHOWN, errors.size()); i++) {
      answer.withData("error-" + (i + 1), errors.get(i).toString());
    }
    return answer.build();
  }
}
