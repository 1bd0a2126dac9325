package io.firesteel.local.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PodLogTest {
  private final ApiServerFixture cluster = ApiServerFixture.start();

  @AfterAll
  void close() {
    cluster.close();
  }

  @Test
  void sendsTheOutputOfAContainer() throws IOException {
    Pod pod = running("plain");
    write(pod, "one\ntwo\nthree\n");

    assertThat(cluster.client().pods().withName("plain").getLog()).isEqualTo("one\ntwo\nthree\n");
    assertThat(cluster.client().pods().withName("plain").tailingLines(2).getLog())
        .isEqualTo("two\nthree\n");
    assertThat(cluster.client().pods().withName("plain").limitBytes(5).getLog())
        .isEqualTo("one\nt");
  }

  @Test
  void tailsAcrossBlocks() throws IOException {
    Pod pod = running("long");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      text.append("line ").append(i).append('\n');
    }
    write(pod, text.toString());

    String tail = cluster.client().pods().withName("long").tailingLines(2000).getLog();

    assertThat(tail.lines()).hasSize(2000).startsWith("line 3000");
  }

  @Test
  void followsUntilTheContainerEnds() throws IOException {
    Pod pod = running("followed");
    write(pod, "first\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (LogWatch _ = cluster.client().pods().withName("followed").watchLog(out)) {
      await().untilAsserted(() -> assertThat(text(out)).isEqualTo("first\n"));
      write(pod, "second\n");
      await().untilAsserted(() -> assertThat(text(out)).isEqualTo("first\nsecond\n"));
    }
    String[] body = new String[1];
    Thread reader =
        Thread.ofVirtual()
            .start(() ->
                body[0] =
                    cluster.get("/api/v1/namespaces/team-a/pods/followed/log?follow=true").body());
    write(pod, "last\n");
    cluster.markTerminated("followed", 0);
    await().until(() -> !reader.isAlive());

    assertThat(body[0]).isEqualTo("first\nsecond\nlast\n");
  }

  @Test
  void rejectsContainersThatHaveNotStartedOrDoNotExist() {
    cluster.create("waiting");

    KubernetesClientException refusal =
        catchThrowableOfType(
            KubernetesClientException.class,
            () -> cluster.client().pods().withName("waiting").getLog());

    assertThat(refusal.getCode()).isEqualTo(400);
    assertThat(refusal.getMessage())
        .contains("container \"main\" in pod \"waiting\" is waiting to start: ContainerCreating");
    assertThat(log("waiting", "?container=other").code()).isEqualTo(400);
    assertThat(log("nobody", "").code()).isEqualTo(404);
  }

  @Test
  void hasNoLogOfAnEarlierContainer() {
    running("first");

    assertThat(log("first", "?previous=true").json().path("message").asText())
        .isEqualTo("previous terminated container \"main\" in pod \"first\" not found");
  }

  private ApiServerFixture.Response log(String name, String query) {
    return cluster.get("/api/v1/namespaces/team-a/pods/" + name + "/log" + query);
  }

  private Pod running(String name) {
    Pod pod = cluster.create(name);
    cluster.markRunning(name);
    return pod;
  }

  private void write(Pod pod, String text) throws IOException {
    Path folder = cluster.folder().resolve("logs").resolve(pod.getMetadata().getUid());
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("main.log"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static String text(ByteArrayOutputStream out) {
    return out.toString(StandardCharsets.UTF_8);
  }
}
