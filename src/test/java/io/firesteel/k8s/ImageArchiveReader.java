package io.firesteel.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** An image's tarball as containerd and as Docker read it. */
record ImageArchiveReader(Map<String, byte[]> files) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static ImageArchiveReader of(Path tarball) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    try (var tar = new TarArchiveInputStream(Files.newInputStream(tarball))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        files.put(entry.getName(), tar.readAllBytes());
      }
    }
    return new ImageArchiveReader(files);
  }

  JsonNode json(String file) throws IOException {
    return JSON.readTree(files.get(file));
  }

  /**
   * The name under which {@code ctr images import} stores the image: as it is, where the index has
   * containerd's annotation. The kubelet asks for a name with its registry.
   */
  String containerdName() throws IOException {
    return json("index.json")
        .at("/manifests/0/annotations")
        .path("io.containerd.image.name")
        .asText();
  }

  /** The tags that {@code docker load} and {@code kind load image-archive} read. */
  List<String> dockerTags() throws IOException {
    List<String> tags = new ArrayList<>();
    json("manifest.json").at("/0/RepoTags").forEach(tag -> tags.add(tag.asText()));
    return tags;
  }

  /** The layers that {@code docker load} reads, which must be those of the OCI manifest. */
  List<String> dockerLayers() throws IOException {
    List<String> layers = new ArrayList<>();
    json("manifest.json").at("/0/Layers").forEach(layer -> layers.add(layer.asText()));
    return layers;
  }

  JsonNode ociManifest() throws IOException {
    return blob(json("index.json").at("/manifests/0/digest").asText());
  }

  JsonNode blob(String digest) throws IOException {
    return json(path(digest));
  }

  static String path(String digest) {
    return "blobs/" + digest.replace(':', '/');
  }
}
