package io.firesteel.local.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server answers malformed requests with a 4xx status. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedInputTest {
  private final ApiServerFixture cluster = ApiServerFixture.start();

  @AfterAll
  void close() {
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1]",
        "{}",
        "[{\"op\":\"x\",\"path\":\"/a\"}]",
        "[{\"op\":\"add\"}]",
        "[{\"op\":\"add\",\"path\":\"a\"}]",
        "[{\"op\":\"remove\",\"path\":\"/a/b/c\"}]",
        "[{\"op\":\"replace\",\"path\":\"\",\"value\":1}]",
        "[{\"op\":\"move\",\"path\":\"/a\"}]",
        "[{\"op\":\"copy\",\"from\":\"/zz\",\"path\":\"/a\"}]",
        "[{\"op\":\"remove\",\"path\":\"/metadata\"}]",
        "[{\"op\":\"add\",\"path\":\"/spec/containers/99\",\"value\":{}}]",
      })
  void rejectsInvalidJsonPatches(String patch) {
    String name = "j" + Integer.toHexString(patch.hashCode());
    cluster.create(name);

    assertThat(
            cluster
                .send(
                    "PATCH",
                    "/api/v1/namespaces/team-a/pods/" + name,
                    patch,
                    Map.of("Content-Type", "application/json-patch+json"))
                .code())
        .isBetween(200, 499);
  }

  @Test
  void rejectsDeepNestingAndProtobuf() {
    String pods = "/api/v1/namespaces/team-a/pods";
    Map<String, String> protobuf = Map.of("Content-Type", "application/vnd.kubernetes.protobuf");

    assertThat(cluster.post(pods, "{\"a\":".repeat(5000)).code()).isEqualTo(400);
    assertThat(cluster.send("POST", pods, "k8s\0", protobuf).code()).isEqualTo(415);
  }
}
