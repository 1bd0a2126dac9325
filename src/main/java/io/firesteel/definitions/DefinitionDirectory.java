package io.firesteel.definitions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads the definition files below a directory: {@code *.yaml} and {@code *.yml}. It follows links
 * and skips names that begin with a dot. In a mounted ConfigMap, dotted directories hold the old
 * and new versions of the same files.
 */
final class DefinitionDirectory {

  private static final int MAX_DEPTH = 8;
  private static final long MAX_FILE_BYTES = 4L << 20;

  private final Path root;

  DefinitionDirectory(Path root) {
    this.root = root;
  }

  /** Reads all files, sorted by name; throws if one cannot be read or is too large. */
  List<DefinitionFile> read() throws IOException {
    var files = new ArrayList<DefinitionFile>();
    for (Path path : paths()) {
      if (Files.size(path) > MAX_FILE_BYTES) {
        throw new IOException(name(path) + " is larger than 4 MiB; split it");
      }
      files.add(new DefinitionFile(name(path), Files.readString(path, StandardCharsets.UTF_8)));
    }
    return files;
  }

  private List<Path> paths() throws IOException {
    try (Stream<Path> walk = Files.walk(root, MAX_DEPTH, FileVisitOption.FOLLOW_LINKS)) {
      return walk.filter(Files::isRegularFile)
          .filter(path -> !name(path).startsWith(".") && !name(path).contains("/."))
          .filter(path -> name(path).endsWith(".yaml") || name(path).endsWith(".yml"))
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private String name(Path path) {
    return root.relativize(path).toString().replace('\\', '/');
  }
}
