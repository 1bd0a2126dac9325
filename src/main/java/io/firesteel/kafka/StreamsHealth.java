package io.firesteel.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when every Streams instance of this replica processes; alive as long as none has given up
 * for good. A broker that is away makes a replica unready, never dead.
 */
@ApplicationScoped
class StreamsHealth {

  private final StreamsApps apps;

  StreamsHealth(StreamsApps apps) {
    this.apps = apps;
  }

  @Produces
  @Readiness
  @ApplicationScoped
  HealthCheck ready() {
    return () -> respond("streams-running", apps.all().stream().allMatch(StreamsApp::isRunning));
  }

  @Produces
  @Liveness
  @ApplicationScoped
  HealthCheck alive() {
    return () -> respond("streams-alive", apps.all().stream().allMatch(StreamsApp::isAlive));
  }

  private HealthCheckResponse respond(String name, boolean up) {
    HealthCheckResponseBuilder response = HealthCheckResponse.named(name).status(up);
    apps.all().forEach(app -> response.withData(app.applicationId(), app.state()));
    return response.build();
  }
}
