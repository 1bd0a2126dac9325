package io.firesteel.definitions;

import io.smallrye.health.api.Wellness;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Tells mistakes in definitions. Neither liveness nor readiness, for the last good ones are in
 * force, and a restart would lose them.
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
    var flaws = definitions.get().errors();
    var answer = HealthCheckResponse.named("definitions").status(flaws.isEmpty());
    for (int i = 0; i < Math.min(MAX_SHOWN, flaws.size()); i++) {
      answer.withData("flaw-" + (i + 1), flaws.get(i).toString());
    }
    return answer.build();
  }
}
