# The worker as a native executable, in an image without a shell. Build it in the root of the checkout:
#   docker build -f docker/worker-native.Dockerfile -t firesteel-worker:0.1.0-native .
FROM maven:3.9.11-eclipse-temurin-25 AS sources
WORKDIR /source
COPY pom.xml .
COPY .mvn .mvn
COPY src src
COPY schemas schemas
RUN mvn -q -B -DskipTests -Dspotless.check.skip -Dquarkus.native.enabled=true -Dquarkus.native.sources-only=true package

FROM quay.io/quarkus/ubi9-quarkus-mandrel-builder-image:jdk-25 AS native
COPY --from=sources --chown=quarkus:quarkus /source/target/native-sources /project/native-sources
WORKDIR /project/native-sources
RUN native-image $(cat native-image.args) -J-Xmx10g

# RocksDB needs libstdc++, which this base has, and a writable /tmp, into which it unpacks its library.
FROM quay.io/quarkus/ubi9-quarkus-micro-image:2.0
LABEL org.opencontainers.image.title="Firesteel worker, native" \
      org.opencontainers.image.description="Turns events into Spark jobs on Kubernetes" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="0.1.0"
WORKDIR /opt/firesteel
COPY --from=native --chmod=0555 /project/native-sources/*-runner firesteel
# The image's contents, as a CycloneDX bill of materials.
COPY --from=sources --chmod=0444 /source/target/firesteel.cdx.json .
# Two malloc arenas: with one for each thread, RocksDB's blocks leave 80 MiB of gaps.
ENV QUARKUS_LOG_CONSOLE_JSON_ENABLED=true MALLOC_ARENA_MAX=2
USER 10001:10001
EXPOSE 8080
ENTRYPOINT ["/opt/firesteel/firesteel", "-Xmx256m"]
