package io.firesteel.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.List;
import java.util.function.Predicate;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when every Kafka Streams instance of this replica processes records; alive as long as none
 * has ended. An unavailable broker makes a replica unready, never dead.
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
    return () -> respond("streams-running", InstanceHealth::ready);
  }

  @Produces
  @Liveness
  @ApplicationScoped
  HealthCheck alive() {
    return () -> respond("streams-alive", InstanceHealth::alive);
  }

  private HealthCheckResponse respond(String name, Predicate<InstanceHealth> good) {
    List<InstanceHealth> instances = apps.all().stream().map(StreamsApp::health).toList();
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named(name).status(instances.stream().allMatch(good));
    instances.forEach(instance -> response.withData(instance.application(), instance.summary()));
    return response.build();
  }
}
