package io.firesteel.definitions;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Keeps a replica that started with invalid definitions from becoming ready, because it may lack
 * definitions that older replicas still apply. A rolling update stops at it. Later errors do not
 * affect readiness; see {@link DefinitionsHealth}.
 */
@Readiness
final class DefinitionsReadiness implements HealthCheck {

  private final CurrentDefinitions definitions;

  DefinitionsReadiness(CurrentDefinitions definitions) {
    this.definitions = definitions;
  }

  @Override
  public HealthCheckResponse call() {
    var answer =
        HealthCheckResponse.named("definitions-complete").status(definitions.wereEverValid());
    if (!definitions.wereEverValid()) {
      DefinitionsHealth.addErrors(definitions.get(), answer);
    }
    return answer.build();
  }
}
