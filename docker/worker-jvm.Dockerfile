# The worker on a JVM, with an ahead-of-time cache from a real run. Build it in the root of the checkout:
#   docker build -f docker/worker-jvm.Dockerfile -t firesteel-worker:0.1.0 .
FROM maven:3.9.11-eclipse-temurin-25 AS build
WORKDIR /source
COPY pom.xml .
COPY .mvn .mvn
COPY src src
COPY schemas schemas
RUN mvn -q -B -DskipTests -Dspotless.check.skip package \
      dependency:copy-dependencies -DincludeScope=test -DoutputDirectory=target/laptop \
    && mkdir -p target/spark-4.1.1/jars

# A real run trains the cache: the laptop platform provides broker, API server and jobs. A cache fits one JVM and one build, so
# the training uses the JVM and the path of the final image.
FROM eclipse-temurin:25.0.1_8-jre-noble AS train
WORKDIR /opt/firesteel
COPY --from=build /source/target/quarkus-app .
RUN --mount=type=bind,from=build,source=/source,target=/source \
    java --sun-misc-unsafe-memory-access=allow -Dfiresteel.home=/source -Dfiresteel.worker=/opt/firesteel \
      -cp '/source/target/test-classes:/source/target/classes:/source/target/laptop/*' \
      io.firesteel.local.image.Training /opt/firesteel/worker.aot

FROM eclipse-temurin:25.0.1_8-jre-noble
LABEL org.opencontainers.image.title="Firesteel worker" \
      org.opencontainers.image.description="Turns events into Spark jobs on Kubernetes" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="0.1.0"
WORKDIR /opt/firesteel
COPY --from=train /opt/firesteel .
# The image's contents, as a CycloneDX bill of materials.
COPY --from=build /source/target/firesteel.cdx.json .
# Two malloc arenas: with one for each thread, RocksDB's blocks leave 80 MiB of gaps.
ENV QUARKUS_LOG_CONSOLE_JSON_ENABLED=true MALLOC_ARENA_MAX=2
USER 10001:10001
EXPOSE 8080
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError", \
            "-XX:AOTCache=/opt/firesteel/worker.aot", "--sun-misc-unsafe-memory-access=allow", \
            "--enable-native-access=ALL-UNNAMED", "-jar", "/opt/firesteel/quarkus-run.jar"]
