package io.firesteel.definitions;

import io.firesteel.cluster.ClusterNames;
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
  private final Optional<Watch> watch;
  private final ScheduledExecutorService looker =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("definitions").factory());
  private volatile Definitions current;
  private volatile boolean everFlawless;

  CurrentDefinitions(
      DefinitionsConfig config,
      Event<Definitions> changes,
      MeterRegistry metrics,
      ClusterNames clusters) {
    this.config = config;
    this.changes = changes;
    this.watch = config.directory().map(path -> new Watch(new DefinitionDirectory(path), clusters));
    this.current = watch.map(Watch::begin).orElse(Definitions.NONE);
    this.everFlawless = current.flaws().isEmpty();
    tell(current);
    metrics.gauge("firesteel.definitions.flaws", this, self -> self.get().flaws().size());
  }

  /** Those of this moment. */
  public Definitions get() {
    return current;
  }

  /**
   * Whether they were once without a mistake since the start. From then on the last good ones are
   * in force whatever happens to the files; before that something is missing that nobody remembers.
   */
  boolean areComplete() {
    return everFlawless;
  }

  void start(@Observes StartupEvent event) {
    long pause = config.lookEvery().toMillis();
    watch.ifPresent(
        w -> looker.scheduleWithFixedDelay(() -> look(w), pause, pause, TimeUnit.MILLISECONDS));
  }

  void stop(@Observes ShutdownEvent event) {
    looker.shutdownNow();
  }

  /** A throw would end the looking for good, so none gets out. */
  private void look(Watch watch) {
    try {
      watch.look().filter(seen -> !seen.equals(current)).ifPresent(this::takeOver);
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("The definitions could not be looked at");
    }
  }

  private void takeOver(Definitions definitions) {
    current = definitions;
    everFlawless |= definitions.flaws().isEmpty();
    tell(definitions);
    changes.fire(definitions);
  }

  private static void tell(Definitions definitions) {
    definitions.flaws().forEach(f -> LOG.atError().addKeyValue("flaw", f).log("A mistake"));
    LOG.atInfo()
        .addKeyValue("tenants", definitions.tenants().byName().size())
        .addKeyValue("templates", definitions.templates().size())
        .addKeyValue("triggers", definitions.triggers().size())
        .addKeyValue("flaws", definitions.flaws().size())
        .log("Definitions are in force");
  }
}
