package io.firesteel.definitions;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where the definitions are; takes hold at start. */
@ConfigMapping(prefix = "firesteel.definitions")
interface DefinitionsConfig {

  /** The directory of YAML documents; without it nothing is defined. */
  Optional<Path> directory();

  /** How often it is looked at. A change is taken over when it was the same twice. */
  @WithDefault("PT2S")
  Duration lookEvery();
}
