package io.firesteel.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.firesteel.json.InvalidJsonException;
import io.firesteel.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The JSON Schemas of the repository, ready to validate. */
public final class Schemas {

  private static final String BASE = "https://firesteel.io/schemas/";
  private static final Path DIRECTORY = Path.of("schemas").toAbsolutePath();
  private static final SchemaValidatorsConfig STRICT =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(
          SpecVersion.VersionFlag.V202012,
          builder ->
              builder.schemaMappers(
                  mappers -> mappers.mapPrefix(BASE, DIRECTORY.toUri().toString())));

  private Schemas() {}

  /** The errors of a document by the schema in this file; empty if it is valid. */
  public static List<String> problems(String schema, JsonNode document) {
    return FACTORY.getSchema(SchemaLocation.of(BASE + schema), STRICT).validate(document).stream()
        .map(ValidationMessage::toString)
        .toList();
  }

  /** A file in {@code schemas/}. */
  public static JsonNode read(String file) {
    try {
      return StrictJson.read(Files.readAllBytes(DIRECTORY.resolve(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InvalidJsonException e) {
      throw new IllegalArgumentException(file, e);
    }
  }

  /** The names of all files in {@code schemas/} with this ending. */
  public static List<String> files(String folder, String suffix) {
    try (Stream<Path> files = Files.list(DIRECTORY.resolve(folder))) {
      return files
          .map(path -> DIRECTORY.relativize(path).toString())
          .filter(name -> name.endsWith(suffix))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
