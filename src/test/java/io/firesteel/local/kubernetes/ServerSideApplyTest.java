package io.firesteel.local.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerSideApplyTest {
  private static final String MAPS = "/api/v1/namespaces/team-a/configmaps/";

  private final ApiServerFixture cluster = ApiServerFixture.start();

  @AfterAll
  void close() {
    cluster.close();
  }

  @Test
  void createsOrUpdatesAnObject() {
    ConfigMap made = cluster.client().resource(map("both", Map.of("a", "1"))).serverSideApply();
    ConfigMap changed = cluster.client().resource(map("both", Map.of("a", "2"))).serverSideApply();

    assertThat(changed.getMetadata().getUid()).isEqualTo(made.getMetadata().getUid());
    assertThat(changed.getData()).containsEntry("a", "2");
    assertThat(changed.getMetadata().getManagedFields().getFirst().getOperation())
        .isEqualTo("Apply");
  }

  @Test
  void supportsSparksRequests() {
    ConfigMap map = map("spark", Map.of("a", "1"));
    PatchContext context =
        new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withForce(true)
            .withFieldManager("spark")
            .build();

    cluster.client().resource(map).patch(context);
    ConfigMap again = cluster.client().resource(map).patch(context);

    assertThat(again.getData()).containsEntry("a", "1");
  }

  @Test
  void removesFieldsThatTheApplierNoLongerSends() {
    apply("less", "one", false, "{\"data\":{\"a\":\"1\",\"b\":\"2\"}}");

    JsonNode after = apply("less", "one", false, "{\"data\":{\"a\":\"1\"}}").json();

    assertThat(after.path("data").properties()).hasSize(1);
  }

  @Test
  void keepsFieldsWithAnotherOwner() {
    apply("shared", "one", false, "{\"data\":{\"a\":\"1\",\"b\":\"2\"}}");
    apply("shared", "two", false, "{\"data\":{\"b\":\"2\"}}");

    JsonNode after = apply("shared", "one", false, "{\"data\":{\"a\":\"1\"}}").json();

    assertThat(after.path("data").path("b").asText()).isEqualTo("2");
  }

  @Test
  void reportsAConflictUnlessForced() {
    apply("fight", "one", false, "{\"data\":{\"a\":\"1\"}}");

    var refused = apply("fight", "two", false, "{\"data\":{\"a\":\"2\"}}");
    var forced = apply("fight", "two", true, "{\"data\":{\"a\":\"2\"}}");

    assertThat(refused.code()).isEqualTo(409);
    assertThat(refused.json().path("message").asText())
        .isEqualTo("Apply failed with 1 conflict: conflict with \"one\": .data.a");
    assertThat(refused.json().at("/details/causes/0/reason").asText())
        .isEqualTo("FieldManagerConflict");
    assertThat(forced.json().at("/data/a").asText()).isEqualTo("2");
  }

  @Test
  void transfersAFieldToTheManagerOfAnUpdate() {
    apply("update", "one", false, "{\"data\":{\"a\":\"1\"}}");
    cluster
        .client()
        .configMaps()
        .withName("update")
        .edit(map -> new ConfigMapBuilder(map).addToData("a", "9").build());

    var refused = apply("update", "one", false, "{\"data\":{\"a\":\"1\"}}");

    assertThat(refused.code()).isEqualTo(409);
  }

  @Test
  void mergesContainersByName() {
    cluster.create("pod");
    String pod = "{\"spec\":{\"containers\":[{\"name\":\"main\",\"image\":\"example/app:2\"}]}}";

    var after =
        cluster.send(
            "PATCH",
            "/api/v1/namespaces/team-a/pods/pod?fieldManager=x&force=true",
            pod,
            Map.of("Content-Type", "application/apply-patch+yaml"));

    assertThat(after.code()).isEqualTo(200);
    assertThat(after.json().at("/spec/containers/0/image").asText()).isEqualTo("example/app:2");
    assertThat(after.json().at("/spec/containers")).hasSize(1);
  }

  @Test
  void readsYamlAndRequiresAFieldManager() {
    Map<String, String> yaml = Map.of("Content-Type", "application/apply-patch+yaml");

    var made = cluster.send("PATCH", MAPS + "yaml?fieldManager=x", "data:\n  a: '1'\n", yaml);
    var nobody = cluster.send("PATCH", MAPS + "yaml", "data:\n  a: '1'\n", yaml);

    assertThat(made.code()).isEqualTo(201);
    assertThat(nobody.code()).isEqualTo(422);
  }

  private ApiServerFixture.Response apply(String name, String manager, boolean force, String body) {
    return cluster.send(
        "PATCH",
        MAPS + name + "?fieldManager=" + manager + "&force=" + force,
        body,
        Map.of("Content-Type", "application/apply-patch+yaml"));
  }

  private static ConfigMap map(String name, Map<String, String> data) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(ApiServerFixture.NAMESPACE)
        .endMetadata()
        .withData(data)
        .build();
  }
}
