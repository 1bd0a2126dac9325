package io.firesteel.definitions;

import io.firesteel.cluster.ClusterNames;
import io.firesteel.definitions.DefinitionReader.Reading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Follows a directory of definitions by looking at it again and again, which works for mounted
 * ConfigMaps, for git-sync and for network file systems alike. What changed is taken over only when
 * two looks in a row saw the same, so that a file that is still being written is not read in half.
 * For one thread.
 */
final class Watch {

  private final DefinitionDirectory directory;
  private final ClusterNames clusters;
  private Reading reading = Reading.NONE;
  private List<DefinitionFile> taken = List.of();
  private List<DefinitionFile> seen = List.of();

  Watch(DefinitionDirectory directory, ClusterNames clusters) {
    this.directory = directory;
    this.clusters = clusters;
  }

  /** The first look, which is taken as it is. */
  Definitions begin() {
    try {
      seen = directory.read();
      taken = seen;
      reading = DefinitionReader.read(seen, Reading.NONE, clusters);
      return reading.definitions();
    } catch (IOException e) {
      return unreadable(e);
    }
  }

  /** Looks again; empty when there is nothing new. */
  Optional<Definitions> look() {
    List<DefinitionFile> now;
    try {
      now = directory.read();
    } catch (IOException e) {
      taken = List.of();
      return Optional.of(unreadable(e));
    }
    boolean settled = now.equals(seen);
    seen = now;
    if (!settled || now.equals(taken)) {
      return Optional.empty();
    }
    taken = now;
    reading = DefinitionReader.read(now, reading, clusters);
    return Optional.of(reading.definitions());
  }

  /** All that was in force stays, and the flaw is told. */
  private Definitions unreadable(IOException e) {
    Definitions last = reading.definitions();
    var flaws = new ArrayList<>(last.flaws());
    flaws.add(new Flaw("the directory", 0, "", "cannot be read: " + e.getMessage()));
    return new Definitions(last.tenants(), last.templates(), last.triggers(), flaws);
  }
}
