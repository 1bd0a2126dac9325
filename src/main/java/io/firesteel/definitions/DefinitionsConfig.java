package io.firesteel.definitions;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of the definitions. Firesteel reads them once, at start. */
@ConfigMapping(prefix = "firesteel.definitions")
interface DefinitionsConfig {

  /** The directory of YAML documents. Without it, no tenant is defined. */
  Optional<Path> directory();

  /**
   * How often the worker reads the directory. A change takes effect once two consecutive reads are
   * identical.
   */
  @WithDefault("PT2S")
  Duration pollInterval();
}
