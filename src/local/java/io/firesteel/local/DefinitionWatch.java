package io.firesteel.local;

import io.firesteel.definitions.DefinitionError;
import io.firesteel.definitions.DefinitionPoller;
import io.firesteel.definitions.Definitions;
import io.firesteel.tenant.Tenant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Follows the definitions as the workers do, prints their errors, and creates the namespaces of
 * tenants.
 */
final class DefinitionWatch {

  private static final Duration INTERVAL = Duration.ofSeconds(2);

  private final Path directory;
  private final DefinitionPoller poller;
  private final Consumer<String> output;
  private final Set<String> namespaces = new HashSet<>();
  private List<DefinitionError> errors = List.of();

  DefinitionWatch(Path directory, Consumer<String> output) {
    this.directory = directory;
    this.poller = new DefinitionPoller(directory);
    this.output = output;
  }

  /** Returns the definitions; from then on follows them in another thread. */
  Definitions start(Consumer<String> provisionNamespace) {
    Definitions first = poller.load();
    apply(first, provisionNamespace);
    if (!errors.isEmpty()) {
      output.accept("No worker becomes ready until the definitions have no errors");
    }
    Thread.ofVirtual().name("definitions").start(() -> follow(provisionNamespace));
    return first;
  }

  private void follow(Consumer<String> provisionNamespace) {
    try {
      while (true) {
        Thread.sleep(INTERVAL);
        poller.poll().ifPresent(changed -> apply(changed, provisionNamespace));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void apply(Definitions definitions, Consumer<String> provisionNamespace) {
    for (Tenant tenant : definitions.tenants().all()) {
      if (namespaces.add(tenant.namespace())) {
        provisionNamespace.accept(tenant.namespace());
      }
    }
    if (definitions.errors().equals(errors)) {
      return;
    }
    errors = definitions.errors();
    errors.forEach(error -> output.accept(directory.resolve(error.toString()).toString()));
    if (errors.isEmpty()) {
      output.accept("The definitions have no errors any more");
    }
  }
}
