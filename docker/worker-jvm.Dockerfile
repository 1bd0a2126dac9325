# The worker on a JVM, with an ahead-of-time cache from a real start. Build in the root of the checkout:
#   docker build -f docker/worker-jvm.Dockerfile -t firesteel-worker:0.1.0 .
FROM maven:3.9.11-eclipse-temurin-25 AS build
WORKDIR /source
COPY pom.xml .
COPY .mvn .mvn
COPY src src
COPY schemas schemas
RUN mvn -q -B -DskipTests -Dspotless.check.skip package
# The start is trained without a broker: it loads nearly every class, then gives up waiting for one, and the JVM keeps
# what it has learnt as it ends. The cache fits this JVM only, so it is made in the image that runs.
FROM eclipse-temurin:25.0.1_8-jre-noble AS train
WORKDIR /opt/firesteel
COPY --from=build /source/target/quarkus-app .
RUN KAFKA_BOOTSTRAP_SERVERS=localhost:9 FIRESTEEL_TOPICS_START_TIMEOUT=PT1S \
    java -XX:+UseSerialGC -XX:AOTCacheOutput=worker.aot --sun-misc-unsafe-memory-access=allow \
    --enable-native-access=ALL-UNNAMED -jar quarkus-run.jar || test -s worker.aot

FROM eclipse-temurin:25.0.1_8-jre-noble
LABEL org.opencontainers.image.title="Firesteel worker" \
      org.opencontainers.image.description="Turns events into Spark jobs on Kubernetes" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="0.1.0"
WORKDIR /opt/firesteel
COPY --from=train /opt/firesteel .
USER 10001:10001
EXPOSE 8080
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError", \
            "-XX:AOTCache=worker.aot", "--sun-misc-unsafe-memory-access=allow", \
            "--enable-native-access=ALL-UNNAMED", "-jar", "quarkus-run.jar"]
