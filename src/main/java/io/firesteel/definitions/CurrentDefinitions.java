package io.firesteel.definitions;

import io.firesteel.tenant.ClusterNames;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The definitions that are in force, followed while the worker runs. Each change is told as an
 * event of type {@link Definitions}; mistakes are told by log, by the metric {@code
 * firesteel.definitions.flaws} and by health. Thread-safe.
 */
@ApplicationScoped
public class CurrentDefinitions {

  private static final Logger LOG = LoggerFactory.getLogger(CurrentDefinitions.class);

  private final DefinitionsConfig config;
  private final Event<Definitions> changes;
  private final Optional<DefinitionPoller> poller;
  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("definitions").factory());
  private volatile Definitions current;
  private volatile boolean everValid;

  CurrentDefinitions(
      DefinitionsConfig config,
      Event<Definitions> changes,
      MeterRegistry metrics,
      ClusterNames clusters) {
    this.config = config;
    this.changes = changes;
    this.poller =
        config
            .directory()
            .map(path -> new DefinitionPoller(new DefinitionDirectory(path), clusters));
    this.current = poller.map(DefinitionPoller::load).orElse(Definitions.NONE);
    this.everValid = current.errors().isEmpty();
    log(current);
    metrics.gauge("firesteel.definitions.flaws", this, self -> self.get().errors().size());
  }

  /** Those of this moment. */
  public Definitions get() {
    return current;
  }

  /**
   * Whether they were once without a mistake since the start. From then on the last good ones are
   * in force whatever happens to the files; before that something is missing that nobody remembers.
   */
  boolean wereEverValid() {
    return everValid;
  }

  void start(@Observes StartupEvent event) {
    long pause = config.pollInterval().toMillis();
    poller.ifPresent(
        w -> scheduler.scheduleWithFixedDelay(() -> poll(w), pause, pause, TimeUnit.MILLISECONDS));
  }

  void stop(@Observes ShutdownEvent event) {
    scheduler.shutdownNow();
  }

  /** A throw would end the looking for good, so none gets out. */
  private void poll(DefinitionPoller poller) {
    try {
      poller.poll().filter(seen -> !seen.equals(current)).ifPresent(this::apply);
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("The definitions could not be looked at");
    }
  }

  private void apply(Definitions definitions) {
    current = definitions;
    everValid |= definitions.errors().isEmpty();
    log(definitions);
    changes.fire(definitions);
  }

  private static void log(Definitions definitions) {
    definitions.errors().forEach(f -> LOG.atError().addKeyValue("flaw", f).log("A mistake"));
    LOG.atInfo()
        .addKeyValue("tenants", definitions.tenants().byName().size())
        .addKeyValue("templates", definitions.templates().size())
        .addKeyValue("triggers", definitions.triggers().size())
        .addKeyValue("flaws", definitions.errors().size())
        .log("Definitions are in force");
  }
}
