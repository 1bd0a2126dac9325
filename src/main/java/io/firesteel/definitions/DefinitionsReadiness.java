package io.firesteel.definitions;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * A replica that started on broken definitions lacks something that older replicas remember, so it
 * is not ready and a rolling update stops at it. Mistakes that come later leave it ready: see
 * {@link DefinitionsHealth}.
 */
@Readiness
final class DefinitionsReadiness implements HealthCheck {

  private final CurrentDefinitions definitions;

  DefinitionsReadiness(CurrentDefinitions definitions) {
    this.definitions = definitions;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("definitions-complete")
        .status(definitions.wereEverValid())
        .build();
  }
}
