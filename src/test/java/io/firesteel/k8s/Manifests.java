package io.firesteel.k8s;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/** The manifests, rendered by kubectl. */
record Manifests(List<JsonNode> objects) {

  private static final ObjectMapper YAML = new YAMLMapper();
  private static final long RENDERED_WITHIN_SECONDS = 60;

  /** Renders an overlay of {@code k8s}. */
  static Manifests of(String folder) {
    try {
      Path rendered = Files.createTempFile("manifests", ".yaml");
      Process kubectl =
          new ProcessBuilder("kubectl", "kustomize", "k8s/" + folder)
              .redirectOutput(rendered.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      if (!kubectl.waitFor(RENDERED_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        kubectl.destroyForcibly();
        throw new IllegalStateException("kubectl did not render " + folder + " in time");
      }
      if (kubectl.exitValue() != 0) {
        throw new IllegalStateException("kubectl cannot render " + folder);
      }
      Manifests manifests = read(rendered);
      Files.delete(rendered);
      return manifests;
    } catch (IOException e) {
      throw new UncheckedIOException("kubectl is needed to render manifests", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while rendering", e);
    }
  }

  /** Reads a file of objects without rendering. */
  static Manifests read(Path file) throws IOException {
    try (var parser = YAML.createParser(file.toFile());
        var objects = YAML.readValues(parser, new TypeReference<JsonNode>() {})) {
      return new Manifests(objects.readAll());
    }
  }

  List<JsonNode> ofKind(String kind) {
    return objects.stream().filter(object -> object.path("kind").asText().equals(kind)).toList();
  }

  /** The only object of this kind and name. */
  JsonNode one(String kind, String name) {
    List<JsonNode> found =
        ofKind(kind).stream()
            .filter(object -> object.at("/metadata/name").asText().equals(name))
            .toList();
    if (found.size() != 1) {
      throw new AssertionError("%d of %s %s".formatted(found.size(), kind, name));
    }
    return found.getFirst();
  }

  static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
