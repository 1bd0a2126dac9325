package io.firesteel.definitions;

import io.firesteel.definitions.DefinitionMerger.MergedDefinitions;
import io.firesteel.tenant.ClusterNames;
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
final class DefinitionPoller {

  private final DefinitionDirectory directory;
  private final ClusterNames clusters;
  private MergedDefinitions merged = MergedDefinitions.NONE;
  private List<DefinitionFile> applied = List.of();
  private List<DefinitionFile> lastRead = List.of();

  DefinitionPoller(DefinitionDirectory directory, ClusterNames clusters) {
    this.directory = directory;
    this.clusters = clusters;
  }

  /** The first look, which is taken as it is. */
  Definitions load() {
    try {
      lastRead = directory.read();
      applied = lastRead;
      merged = DefinitionMerger.merge(lastRead, MergedDefinitions.NONE, clusters);
      return merged.definitions();
    } catch (IOException e) {
      return unreadable(e);
    }
  }

  /** Looks again; empty when there is nothing new. */
  Optional<Definitions> poll() {
    List<DefinitionFile> now;
    try {
      now = directory.read();
    } catch (IOException e) {
      applied = List.of();
      return Optional.of(unreadable(e));
    }
    boolean settled = now.equals(lastRead);
    lastRead = now;
    if (!settled || now.equals(applied)) {
      return Optional.empty();
    }
    applied = now;
    merged = DefinitionMerger.merge(now, merged, clusters);
    return Optional.of(merged.definitions());
  }

  /** All that was in force stays, and the flaw is told. */
  private Definitions unreadable(IOException e) {
    Definitions last = merged.definitions();
    var flaws = new ArrayList<>(last.errors());
    flaws.add(new DefinitionError("the directory", 0, "", "cannot be read: " + e.getMessage()));
    return new Definitions(last.tenants(), last.templates(), last.triggers(), flaws);
  }
}
