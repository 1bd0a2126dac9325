package io.firesteel.definitions;

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
 * The definitions in force. The worker polls the directory and fires each change as an event of
 * type {@link Definitions}. Errors go to the log, to the metric {@code
 * firesteel.definitions.errors} and to health. Thread-safe.
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

  CurrentDefinitions(DefinitionsConfig config, Event<Definitions> changes, MeterRegistry metrics) {
    this.config = config;
    this.changes = changes;
    this.poller = config.directory().map(DefinitionPoller::new);
    this.current = poller.map(DefinitionPoller::load).orElse(Definitions.NONE);
    this.everValid = current.errors().isEmpty();
    log(current);
    metrics.gauge("firesteel.definitions.errors", this, self -> self.get().errors().size());
  }

  public Definitions get() {
    return current;
  }

  /**
   * Whether the definitions were free of errors once since the start. After that, the last valid
   * version of a broken definition stays in force. Before that, there may be none.
   */
  boolean wereEverValid() {
    return everValid;
  }

  void start(@Observes StartupEvent event) {
    long interval = config.pollInterval().toMillis();
    poller.ifPresent(it ->
        scheduler.scheduleWithFixedDelay(
            () -> poll(it), interval, interval, TimeUnit.MILLISECONDS));
  }

  void stop(@Observes ShutdownEvent event) {
    scheduler.shutdownNow();
  }

  /** Catches exceptions, because the scheduler would never run a task again that threw one. */
  private void poll(DefinitionPoller poller) {
    try {
      poller.poll().filter(read -> !read.equals(current)).ifPresent(this::apply);
    } catch (RuntimeException e) {
      LOG.atError()
          .setCause(e)
          .log("Reading the definitions failed; the last valid ones stay in force");
    }
  }

  private void apply(Definitions definitions) {
    current = definitions;
    everValid |= definitions.errors().isEmpty();
    log(definitions);
    changes.fire(definitions);
  }

  private static void log(Definitions definitions) {
    for (DefinitionError error : definitions.errors()) {
      LOG.atError()
          .addKeyValue("file", error.file())
          .addKeyValue("line", error.line())
          .addKeyValue("pointer", error.pointer())
          .addKeyValue("reason", error.message())
          .log("Rejected a definition");
    }
    LOG.atInfo()
        .addKeyValue("tenants", definitions.tenants().byName().size())
        .addKeyValue("clusters", definitions.clusters().byName().size())
        .addKeyValue("templates", definitions.templates().size())
        .addKeyValue("triggers", definitions.triggers().size())
        .addKeyValue("schedules", definitions.schedules().size())
        .addKeyValue("errors", definitions.errors().size())
        .log("Applied the definitions");
  }
}
