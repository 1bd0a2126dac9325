package io.firesteel.local.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.firesteel.local.kubernetes.store.JsonTrees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;

/** Any part of a pod may have any type; the server never fails because of that. */
class MalformedPodPropertyTest {
  private static final String PODS = "/api/v1/namespaces/team-a/pods";
  private static final String TARGET = PODS + "/target";
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

  private final ApiServerFixture cluster = ApiServerFixture.start();

  /** Replaces the node at the pointer, if there still is one. */
  record Mutation(JsonPointer at, JsonNode value) {
    void apply(ObjectNode pod) {
      JsonNode parent = pod.at(at.head());
      if (parent instanceof ObjectNode object && object.has(at.last().getMatchingProperty())) {
        object.set(at.last().getMatchingProperty(), value.deepCopy());
      } else if (parent instanceof ArrayNode array && array.has(at.last().getMatchingIndex())) {
        array.set(at.last().getMatchingIndex(), value.deepCopy());
      }
    }
  }

  @AfterProperty
  void close() {
    cluster.close();
  }

  @Property(tries = 200)
  void neverFailsOnAMalformedPod(
      @ForAll("mutations") List<Mutation> mutations, @ForAll("patchTypes") String type) {
    ObjectNode pod = parse(POD);
    mutations.forEach(mutation -> mutation.apply(pod));
    cluster.create("target");

    assertThat(cluster.post(PODS, pod.toString()).code()).isLessThan(500);
    if (pod.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove("name");
    }
    assertThat(patch(TARGET, pod, type).code()).isLessThan(500);
    assertThat(patch(TARGET + "/status", pod, type).code()).isLessThan(500);
    assertThat(table().code()).isEqualTo(200);
    deleteAll();
  }

  @Provide
  Arbitrary<List<Mutation>> mutations() {
    List<JsonPointer> pointers = new ArrayList<>();
    collect(parse(POD), JsonPointer.empty(), pointers);
    Arbitrary<JsonNode> values =
        Arbitraries.of(
            TextNode.valueOf("junk"),
            IntNode.valueOf(-7),
            NullNode.getInstance(),
            JsonTrees.array(),
            JsonTrees.object(),
            JsonTrees.array().add(1),
            JsonTrees.object().put("junk", true));
    return Combinators.combine(Arbitraries.of(pointers), values)
        .as(Mutation::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  @Provide
  Arbitrary<String> patchTypes() {
    return Arbitraries.of(
        "application/merge-patch+json",
        "application/strategic-merge-patch+json",
        "application/apply-patch+yaml");
  }

  private static void collect(JsonNode node, JsonPointer at, List<JsonPointer> pointers) {
    node.properties()
        .forEach(entry -> {
          JsonPointer child = at.appendProperty(entry.getKey());
          pointers.add(child);
          collect(entry.getValue(), child, pointers);
        });
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      JsonPointer child = at.appendIndex(i);
      pointers.add(child);
      collect(node.path(i), child, pointers);
    }
  }

  private ApiServerFixture.Response patch(String path, ObjectNode body, String type) {
    return cluster.send(
        "PATCH",
        path + "?fieldManager=f&force=true",
        body.toString(),
        Map.of("Content-Type", type));
  }

  private ApiServerFixture.Response table() {
    String accept = "application/json;as=Table;v=v1;g=meta.k8s.io";
    return cluster.send("GET", PODS, "", Map.of("Accept", accept));
  }

  /** A finalizer may hold a pod; an empty list of finalizers lets it go. */
  private void deleteAll() {
    for (JsonNode pod : cluster.get(PODS).json().path("items")) {
      String path = PODS + "/" + pod.at("/metadata/name").asText();
      cluster.send("DELETE", path + "?gracePeriodSeconds=0", "", Map.of());
      patch(path, parse("{\"metadata\":{\"finalizers\":null}}"), "application/merge-patch+json");
    }
    assertThat(cluster.get(PODS).json().path("items")).isEmpty();
  }

  private static ObjectNode parse(String json) {
    try {
      return (ObjectNode) JsonTrees.MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
