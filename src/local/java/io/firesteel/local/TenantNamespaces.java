package io.firesteel.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The namespaces of the tenants in a folder of definitions. Skips files that are not YAML: the
 * worker reports those.
 */
final class TenantNamespaces {

  private TenantNamespaces() {}

  static List<String> in(Path definitions) throws IOException {
    try (Stream<Path> files = Files.walk(definitions)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
          .flatMap(TenantNamespaces::documents)
          .flatMap(document -> namespace(document).stream())
          .distinct()
          .toList();
    }
  }

  private static Stream<Object> documents(Path file) {
    var documents = new ArrayList<>();
    try (var reader = Files.newBufferedReader(file)) {
      new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(reader).forEach(documents::add);
    } catch (YAMLException _) {
      return documents.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return documents.stream();
  }

  private static Optional<String> namespace(Object document) {
    return document instanceof Map<?, ?> tenant && "Tenant".equals(tenant.get("kind"))
        ? text(tenant, "spec", "namespace").or(() -> text(tenant, "metadata", "name"))
        : Optional.empty();
  }

  private static Optional<String> text(Map<?, ?> document, String part, String field) {
    return document.get(part) instanceof Map<?, ?> fields
            && fields.get(field) instanceof String text
        ? Optional.of(text)
        : Optional.empty();
  }
}
