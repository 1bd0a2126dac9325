package io.firesteel.local.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Images as files, in the form that {@code docker save} writes since version 25: an OCI layout that
 * also has Docker's {@code manifest.json}. containerd reads the name in the annotations of {@code
 * index.json}, and takes it as it is; Docker and kind read that in {@code manifest.json}.
 */
final class ImageArchive {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String INDEX = "index.json";
  private static final String MANIFEST = "manifest.json";
  private static final String CONTAINERD_NAME = "io.containerd.image.name";
  private static final String OCI_NAME = "org.opencontainers.image.ref.name";

  private final Path folder;

  private ImageArchive(Path folder) {
    this.folder = folder;
  }

  /** Gives the image of an OCI layout its name, for containerd and for Docker. */
  static void name(Path tarball, String name) throws IOException {
    Path folder = Files.createTempDirectory(parent(tarball), "image");
    try {
      unpack(tarball, folder);
      ImageArchive archive = new ImageArchive(folder);
      ObjectNode index = (ObjectNode) archive.json(INDEX);
      ObjectNode descriptor = (ObjectNode) index.path("manifests").path(0);
      descriptor
          .putObject("annotations")
          .put(CONTAINERD_NAME, "docker.io/library/" + name)
          .put(OCI_NAME, name.substring(name.indexOf(':') + 1));
      archive.writeManifest(archive.blob(descriptor), List.of(name));
      Files.write(folder.resolve(INDEX), JSON.writeValueAsBytes(index));
      archive.pack(tarball);
    } finally {
      delete(folder);
    }
  }

  /**
   * A file that Jib can read, of what {@code docker save} writes or of an OCI layout.
   *
   * @param base a tarball or a folder
   * @param copy where to write the file, unless the base is one that Jib can read
   * @throws IllegalArgumentException if it is neither; the message is for the user
   */
  static Path forJib(Path base, Path copy) throws IOException {
    boolean directory = Files.isDirectory(base);
    if (!directory && contains(base, MANIFEST)) {
      return base;
    }
    Path folder =
        directory ? base : Files.createTempDirectory(Files.createDirectories(parent(copy)), "base");
    try {
      if (!directory) {
        unpack(base, folder);
      }
      if (!Files.exists(folder.resolve(INDEX)) && !Files.exists(folder.resolve(MANIFEST))) {
        throw new IllegalArgumentException(
            base
                + " is no image: it has neither index.json (OCI layout) nor manifest.json (docker save)");
      }
      Files.createDirectories(parent(copy));
      new ImageArchive(folder).packForJib(base, copy);
      return copy;
    } finally {
      if (!directory) {
        delete(folder);
      }
    }
  }

  private void packForJib(Path base, Path copy) throws IOException {
    if (Files.exists(folder.resolve(MANIFEST))) {
      pack(copy);
      return;
    }
    JsonNode manifest = manifest(base, json(INDEX));
    for (JsonNode layer : manifest.path("layers")) {
      if (layer.path("mediaType").asText().endsWith("zstd")) {
        throw new IllegalArgumentException(
            base + " has layers compressed by zstd; save it with gzip layers");
      }
    }
    byte[] docker = JSON.writeValueAsBytes(dockerManifest(manifest, List.of()));
    Set<String> blobs = new LinkedHashSet<>();
    blobs.add(path(manifest.path("config")));
    manifest.path("layers").forEach(layer -> blobs.add(path(layer)));
    try (var tar = output(copy)) {
      for (String blob : blobs) {
        add(
            tar,
            blob,
            Files.size(folder.resolve(blob)),
            Files.newInputStream(folder.resolve(blob)));
      }
      add(tar, MANIFEST, docker.length, new ByteArrayInputStream(docker));
    }
  }

  /** The manifest for this machine; an index may contain indexes and attestations. */
  private JsonNode manifest(Path base, JsonNode index) throws IOException {
    for (JsonNode descriptor : index.path("manifests")) {
      JsonNode found = blob(descriptor);
      if (found.has("manifests")) {
        return manifest(base, found);
      }
      String architecture = descriptor.at("/platform/architecture").asText(architecture());
      if (found.has("layers") && architecture.equals(architecture())) {
        return found;
      }
    }
    throw new IllegalArgumentException(base + " has no image for linux/" + architecture());
  }

  private static String architecture() {
    return Map.of("aarch64", "arm64").getOrDefault(System.getProperty("os.arch"), "amd64");
  }

  private void writeManifest(JsonNode manifest, List<String> names) throws IOException {
    Files.write(folder.resolve(MANIFEST), JSON.writeValueAsBytes(dockerManifest(manifest, names)));
  }

  private static ArrayNode dockerManifest(JsonNode manifest, List<String> names) {
    ArrayNode images = JSON.createArrayNode();
    ObjectNode image = images.addObject().put("Config", path(manifest.path("config")));
    ArrayNode tags = image.putArray("RepoTags");
    names.forEach(tags::add);
    ArrayNode layers = image.putArray("Layers");
    manifest.path("layers").forEach(layer -> layers.add(path(layer)));
    return images;
  }

  private JsonNode json(String file) throws IOException {
    return JSON.readTree(folder.resolve(file).toFile());
  }

  private JsonNode blob(JsonNode descriptor) throws IOException {
    return json(path(descriptor));
  }

  private static String path(JsonNode descriptor) {
    String digest = descriptor.path("digest").asText();
    if (!digest.matches("sha(256|512):[0-9a-f]+")) {
      throw new IllegalArgumentException("the image's index names an invalid digest: " + digest);
    }
    return "blobs/" + digest.replace(':', '/');
  }

  /** Writes all files, in the order of their names and without times: same input, same bytes. */
  private void pack(Path tarball) throws IOException {
    Path next = tarball.resolveSibling(tarball.getFileName() + ".new");
    try (var tar = output(next);
        Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        add(tar, name, Files.size(file), Files.newInputStream(file));
      }
    }
    Files.move(next, tarball, StandardCopyOption.REPLACE_EXISTING);
  }

  private static TarArchiveOutputStream output(Path file) throws IOException {
    var tar = new TarArchiveOutputStream(Files.newOutputStream(file));
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    return tar;
  }

  private static void add(TarArchiveOutputStream tar, String name, long size, InputStream content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(size);
    entry.setModTime(0);
    tar.putArchiveEntry(entry);
    try (content) {
      content.transferTo(tar);
    }
    tar.closeArchiveEntry();
  }

  private static boolean contains(Path tarball, String name) throws IOException {
    try (var tar = new TarArchiveInputStream(Files.newInputStream(tarball))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.getName().replaceFirst("^\\./", "").equals(name)) {
          return true;
        }
      }
      return false;
    }
  }

  private static void unpack(Path tarball, Path folder) throws IOException {
    try (var tar = new TarArchiveInputStream(Files.newInputStream(tarball))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder)) {
          throw new IllegalArgumentException(
              tarball + " has a file outside of it: " + entry.getName());
        }
        if (entry.isFile()) {
          Files.createDirectories(parent(file));
          Files.copy(tar, file);
        }
      }
    }
  }

  private static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file : parent;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
