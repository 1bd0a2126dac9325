package io.firesteel.local.kubernetes;

import static io.firesteel.local.kubernetes.ApiServerFixture.pod;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListTest {
  private static final String PODS = "/api/v1/namespaces/team-a/pods";

  private final ApiServerFixture cluster = ApiServerFixture.start();

  @BeforeAll
  void fill() {
    for (int i = 1; i <= 5; i++) {
      cluster.create(pod("p" + i, Map.of("id", "" + i, "role", i == 1 ? "driver" : "executor")));
    }
    cluster.create(pod("bare"));
    cluster.markRunning("p2");
    cluster.markRunning("p3");
  }

  @AfterAll
  void close() {
    cluster.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          role=driver                         | p1
          role==executor,id!=2                | p3 p4 p5
          role=executor,id in (2, 3,9)        | p2 p3
          id notin (1,2,3)                    | bare p4 p5
          !role                               | bare
          role                                | p1 p2 p3 p4 p5
          role!=executor                      | bare p1
          role in (driver),id                 | p1
          """)
  void selectsByLabels(String selector, String expected) {
    PodList found =
        cluster.client().pods().list(new ListOptionsBuilder().withLabelSelector(selector).build());

    assertThat(names(found.getItems())).isEqualTo(expected);
  }

  @Test
  void selectsExecutorsLikeSpark() {
    List<Pod> found =
        cluster
            .client()
            .pods()
            .withField("status.phase", "Running")
            .withLabel("role", "executor")
            .withLabelIn("id", "2", "4")
            .list()
            .getItems();

    assertThat(names(found)).isEqualTo("p2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          metadata.name=p4                           | p4
          status.phase!=Running,metadata.name!=bare  | p1 p4 p5
          spec.nodeName=laptop                       | p2 p3
          metadata.namespace=team-b                  | ''
          """)
  void selectsByFields(String selector, String expected) {
    PodList found =
        cluster
            .client()
            .pods()
            .inAnyNamespace()
            .list(new ListOptionsBuilder().withFieldSelector(selector).build());

    assertThat(names(found.getItems())).isEqualTo(expected);
  }

  @Test
  void rejectsInvalidSelectors() {
    assertThat(cluster.get(PODS + "?fieldSelector=spec.color%3Dred").code()).isEqualTo(400);
    assertThat(cluster.get(PODS + "?labelSelector=a%3D%3D%3Db%20c").code()).isEqualTo(400);
    assertThat(cluster.get(PODS + "?labelSelector=a%20in%20(b").code()).isEqualTo(400);
  }

  @Test
  void pagesThroughOneSnapshot() {
    JsonNode first = cluster.get(PODS + "?limit=2").json();
    cluster.create("later");
    String token = first.at("/metadata/continue").asText();
    JsonNode second = cluster.get(PODS + "?limit=10&continue=" + token).json();

    assertThat(first.path("items")).hasSize(2);
    assertThat(first.at("/metadata/remainingItemCount").asInt()).isEqualTo(4);
    assertThat(second.path("items")).hasSize(4);
    assertThat(second.at("/metadata/resourceVersion"))
        .isEqualTo(first.at("/metadata/resourceVersion"));
    assertThat(second.at("/metadata/continue").isMissingNode()).isTrue();
    cluster.client().pods().withName("later").delete();
  }

  @Test
  void rejectsAnUnknownContinueToken() {
    ApiServerFixture.Response response = cluster.get(PODS + "?limit=2&continue=old");

    assertThat(response.code()).isEqualTo(410);
    assertThat(response.json().path("reason").asText()).isEqualTo("Expired");
  }

  @Test
  void listsOverAllNamespaces() {
    assertThat(cluster.client().pods().inAnyNamespace().list().getItems()).hasSize(6);
    assertThat(cluster.client().pods().inNamespace("team-b").list().getItems()).isEmpty();
  }

  @Test
  void printsATable() {
    JsonNode table = as("Table").json();

    assertThat(table.path("kind").asText()).isEqualTo("Table");
    assertThat(table.at("/columnDefinitions/2/name").asText()).isEqualTo("Status");
    assertThat(table.at("/rows/2/cells/0").asText()).isEqualTo("p2");
    assertThat(table.at("/rows/2/cells/1").asText()).isEqualTo("1/1");
    assertThat(table.at("/rows/2/cells/2").asText()).isEqualTo("Running");
    assertThat(table.at("/rows/2/object/kind").asText()).isEqualTo("PartialObjectMetadata");
  }

  @Test
  void sendsOnlyMetadata() {
    JsonNode list = as("PartialObjectMetadataList").json();

    assertThat(list.path("kind").asText()).isEqualTo("PartialObjectMetadataList");
    assertThat(list.at("/items/0/spec").isMissingNode()).isTrue();
  }

  @Test
  void sendsJsonWhenProtobufIsOnlyPreferred() {
    var preferred =
        cluster.send(
            "GET",
            PODS,
            "",
            Map.of("Accept", "application/vnd.kubernetes.protobuf, application/json"));
    var required =
        cluster.send("GET", PODS, "", Map.of("Accept", "application/vnd.kubernetes.protobuf"));

    assertThat(preferred.code()).isEqualTo(200);
    assertThat(required.code()).isEqualTo(406);
  }

  @Test
  void rejectsAFutureVersion() {
    assertThat(cluster.get(PODS + "?resourceVersion=99999999999999999").code()).isEqualTo(504);
    assertThat(cluster.get(PODS + "?resourceVersion=x").code()).isEqualTo(400);
  }

  private ApiServerFixture.Response as(String form) {
    return cluster.send(
        "GET",
        PODS,
        "",
        Map.of("Accept", "application/json;as=" + form + ";v=v1;g=meta.k8s.io,application/json"));
  }

  private static String names(List<? extends HasMetadata> items) {
    return String.join(" ", items.stream().map(i -> i.getMetadata().getName()).toList());
  }
}
