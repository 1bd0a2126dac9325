package io.firesteel.definitions;

import io.firesteel.definitions.DefinitionMerger.MergedDefinitions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Polls a directory of definitions, which works for mounted ConfigMaps, for git-sync and for
 * network file systems. A change is applied when two consecutive reads return the same content, so
 * that a file that is still being written is not applied by half. For one thread.
 */
public final class DefinitionPoller {

  private final DefinitionDirectory directory;
  private MergedDefinitions merged = MergedDefinitions.NONE;
  private List<DefinitionFile> applied = List.of();
  private List<DefinitionFile> lastRead = List.of();

  /** Of a directory that need not exist yet. */
  public DefinitionPoller(Path directory) {
    this.directory = new DefinitionDirectory(directory);
  }

  /** Reads for the first time and applies the content at once. */
  public Definitions load() {
    try {
      lastRead = directory.read();
      applied = lastRead;
      merged = DefinitionMerger.merge(lastRead, MergedDefinitions.NONE);
      return merged.definitions();
    } catch (IOException e) {
      return unreadable(e);
    }
  }

  /** Reads again; empty if there is no change to apply. */
  public Optional<Definitions> poll() {
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
    merged = DefinitionMerger.merge(now, merged);
    return Optional.of(merged.definitions());
  }

  /** Keeps the definitions in force and adds an error. */
  private Definitions unreadable(IOException e) {
    Definitions last = merged.definitions();
    var errors = new ArrayList<>(last.errors());
    errors.add(new DefinitionError("the directory", 0, "", "cannot be read: " + e.getMessage()));
    return new Definitions(
        last.tenants(),
        last.templates(),
        last.triggers(),
        last.completionTriggers(),
        last.schedules(),
        last.clusters(),
        errors);
  }
}
