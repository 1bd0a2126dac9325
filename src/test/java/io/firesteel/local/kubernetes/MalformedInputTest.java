package io.firesteel.local.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.firesteel.local.kubernetes.store.JsonTrees;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the answer is a refusal with a reason, never a broken server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedInputTest {
  private static final String POD =
      """
      {"apiVersion":"v1","kind":"Pod","metadata":{"name":"x","labels":{"a":"b"},
       "annotations":{"a":"b"},"finalizers":["a/b"],"managedFields":[{"fieldsV1":{"f:a":{}}}],
       "ownerReferences":[{"apiVersion":"v1","kind":"Pod","name":"o","uid":"u"}]},
       "spec":{"containers":[{"name":"c","image":"i","env":[{"name":"A","value":"1"}],
       "ports":[{"containerPort":1}],"resources":{"limits":{"cpu":"1"}},
       "volumeMounts":[{"name":"v","mountPath":"/v"}]}],"volumes":[{"name":"v","emptyDir":{}}],
       "tolerations":[{"key":"a"}]},"status":{"conditions":[{"type":"Ready"}],
       "containerStatuses":[{"name":"c","state":{"running":{}}}]}}
      """;
  private static final List<JsonNode> INVALID_VALUES =
      List.of(
          TextNode.valueOf("junk"),
          IntNode.valueOf(-7),
          NullNode.getInstance(),
          JsonTrees.array(),
          JsonTrees.object(),
          JsonTrees.array().add(1),
          JsonTrees.object().put("junk", true));

  private final ApiServerFixture cluster = ApiServerFixture.start();

  @AfterAll
  void close() {
    cluster.close();
  }

  @Test
  void survivesEveryPartOfAPodBeingSomethingElse() throws JsonProcessingException {
    Random random = new Random(42);
    String pods = "/api/v1/namespaces/team-a/pods";
    for (int i = 0; i < 200; i++) {
      ObjectNode pod = (ObjectNode) JsonTrees.MAPPER.readTree(POD);
      corrupt(pod, random);
      String name = "x" + i;
      cluster.create(name);
      Map<String, String> type = Map.of("Content-Type", type(random));
      String query = "?fieldManager=f&force=true";

      assertThat(cluster.post(pods, pod.toString()).code()).as("%s", pod).isLessThan(500);
      if (pod.path("metadata") instanceof ObjectNode metadata) {
        metadata.remove("name");
      }
      String text = pod.toString();
      assertThat(cluster.send("PATCH", pods + "/" + name + query, text, type).code())
          .as("%s %s", type, pod)
          .isLessThan(500);
      assertThat(cluster.send("PATCH", pods + "/" + name + "/status" + query, text, type).code())
          .as("%s %s", type, pod)
          .isLessThan(500);
      cluster.api().cluster().deleteNow("pods", "team-a", "x");
    }
    assertThat(
            cluster
                .send(
                    "GET",
                    pods,
                    "",
                    Map.of("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io"))
                .code())
        .isEqualTo(200);
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
  void refusesJsonPatchesThatMakeNoSense(String patch) {
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
  void refusesEndlessNestingAndBrokenProtobuf() {
    String pods = "/api/v1/namespaces/team-a/pods";
    Map<String, String> protobuf = Map.of("Content-Type", "application/vnd.kubernetes.protobuf");

    assertThat(cluster.post(pods, "{\"a\":".repeat(5000)).code()).isEqualTo(400);
    assertThat(cluster.send("POST", pods, "k8s\0\u0012\u007f", protobuf).code()).isEqualTo(400);
    assertThat(cluster.send("POST", pods, "nonsense", protobuf).code()).isEqualTo(400);
  }

  private static String type(Random random) {
    return List.of(
            "application/merge-patch+json",
            "application/strategic-merge-patch+json",
            "application/apply-patch+yaml")
        .get(random.nextInt(3));
  }

  /** Puts junk in one random place. */
  private static void corrupt(JsonNode node, Random random) {
    JsonNode junk = INVALID_VALUES.get(random.nextInt(INVALID_VALUES.size())).deepCopy();
    boolean here = random.nextInt(4) == 0;
    if (node instanceof ObjectNode object && !object.isEmpty()) {
      List<String> names = object.properties().stream().map(Map.Entry::getKey).toList();
      String name = names.get(random.nextInt(names.size()));
      if (here || !object.path(name).isContainerNode() || object.path(name).isEmpty()) {
        object.set(name, junk);
      } else {
        corrupt(object.path(name), random);
      }
    } else if (node instanceof ArrayNode array && !array.isEmpty()) {
      if (here || !array.path(0).isContainerNode()) {
        array.set(0, junk);
      } else {
        corrupt(array.path(0), random);
      }
    }
  }
}
