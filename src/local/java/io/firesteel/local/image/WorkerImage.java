package io.firesteel.local.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * The JVM worker's image: libraries in the lower layer and code in the upper, so that an update is
 * small, and the bill of materials. The same input gives the same bytes.
 */
record WorkerImage(Path home, String name) {

  private static final String FOLDER = "/opt/firesteel";
  private static final String USER = "10001:10001";
  private static final int HTTP = 8080;

  /**
   * Writes the image.
   *
   * @param base a reference; a tarball or folder, of {@code docker save} or as an OCI layout; or
   *     {@code scratch} for no base
   */
  void writeTo(Path tarball, String base)
      throws IOException,
          InterruptedException,
          InvalidImageReferenceException,
          RegistryException,
          ExecutionException,
          CacheDirectoryCreationException {
    Path caches = home.resolve("target/image-cache");
    with(start(base, caches))
        .containerize(
            Containerizer.to(TarImage.at(tarball).named(name))
                .setBaseImageLayersCache(caches.resolve("base"))
                .setApplicationLayersCache(caches.resolve("application"))
                .setToolName("firesteel"));
    ImageArchive.name(tarball, name);
  }

  private static JibContainerBuilder start(String base, Path caches)
      throws IOException, InvalidImageReferenceException {
    if (base.equals("scratch")) {
      return Jib.fromScratch();
    }
    Path saved = Path.of(base);
    return Files.exists(saved)
        ? Jib.from(TarImage.at(ImageArchive.forJib(saved, caches.resolve("base.tar"))))
        : Jib.from(base);
  }

  private JibContainerBuilder with(JibContainerBuilder image) throws IOException {
    Path built = home.resolve("target/quarkus-app");
    Path materials = home.resolve("target/firesteel.cdx.json");
    for (Path needed : List.of(built.resolve("quarkus-run.jar"), materials)) {
      if (!Files.exists(needed)) {
        throw new IllegalArgumentException(
            "the worker is not built: " + needed + " does not exist");
      }
    }
    return image
        .setFormat(ImageFormat.OCI)
        .addLayer(List.of(built.resolve("lib")), FOLDER)
        .addLayer(List.of(built.resolve("quarkus"), built.resolve("app")), FOLDER)
        .addLayer(List.of(built.resolve("quarkus-run.jar"), materials), FOLDER)
        .addLabel("org.opencontainers.image.title", "Firesteel worker")
        .addLabel("org.opencontainers.image.licenses", "Apache-2.0")
        .addLabel("org.opencontainers.image.version", name.substring(name.indexOf(':') + 1))
        .addEnvironmentVariable("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true")
        .addEnvironmentVariable("MALLOC_ARENA_MAX", "2")
        .setUser(USER)
        .addExposedPort(Port.tcp(HTTP))
        .setEntrypoint(
            "java",
            "-XX:+UseSerialGC",
            "-XX:MaxRAMPercentage=50",
            "-XX:+ExitOnOutOfMemoryError",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-jar",
            FOLDER + "/quarkus-run.jar");
  }
}
