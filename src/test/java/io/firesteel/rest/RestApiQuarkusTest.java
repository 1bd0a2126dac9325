package io.firesteel.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.intake.LocalKafka;
import io.firesteel.json.JsonCodec;
import io.firesteel.json.YamlReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The REST API of a started worker, with tokens. There is no cluster, so no driver starts. */
@QuarkusTest
@QuarkusTestResource(LocalKafka.class)
final class RestApiQuarkusTest {

  /** Who may call what. A new operation must be added here. */
  private static final Map<String, String> NEEDED =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("listJobs", "viewer"),
              Map.entry("getJob", "viewer"),
              Map.entry("listAttempts", "viewer"),
              Map.entry("listEvents", "viewer"),
              Map.entry("explainJob", "viewer"),
              Map.entry("getLog", "viewer"),
              Map.entry("getTenant", "viewer"),
              Map.entry("listTemplates", "viewer"),
              Map.entry("getTemplate", "viewer"),
              Map.entry("putJob", "submitter"),
              Map.entry("postJob", "submitter"),
              Map.entry("cancelJob", "submitter"),
              Map.entry("rerunJob", "submitter"),
              Map.entry("patchJob", "submitter"),
              Map.entry("postOperation", "submitter"),
              Map.entry("suspendTenant", "operator"),
              Map.entry("resumeTenant", "operator"),
              Map.entry("listTenants", "viewer of any"),
              Map.entry("getIdentity", "viewer of any"),
              Map.entry("streamChanges", "viewer of any"),
              Map.entry("listDeadLetters", "operator of all"),
              Map.entry("getDeadLetter", "operator of all"),
              Map.entry("redriveDeadLetter", "operator of all")));

  /** Nobody has defined it, so that a call that is allowed changes nothing. */
  private static final String OWN = "walked";

  private static final String TEMPLATE =
      "{\"template\":\"daily-totals\",\"parameters\":{\"day\":\"2026-03-01\"}}";

  private final OpenApiContract contract = OpenApiContract.read();
  private final HttpClient client = HttpClient.newHttpClient();

  @TestHTTPResource("/")
  @SuppressWarnings("NullAway.Init")
  URI root;

  @Test
  void theCommittedDescriptionIsThatOfTheWorker() throws Exception {
    HttpResponse<String> served =
        client.send(
            HttpRequest.newBuilder(root.resolve("/q/openapi")).build(), BodyHandlers.ofString());
    if (System.getenv("FIRESTEEL_WRITE_DOCS") != null) {
      Files.writeString(OpenApiContract.FILE, served.body());
    }
    assertThat(YamlReader.read(served.body()).getFirst().tree())
        .as("%s; FIRESTEEL_WRITE_DOCS=1 writes it", OpenApiContract.FILE)
        .isEqualTo(YamlReader.read(Files.readString(OpenApiContract.FILE)).getFirst().tree());
  }

  @Test
  void everyOperationIsOpenToWhoMayCallItAndToNobodyElse() throws Exception {
    Map<String, String[]> operations = contract.operations();
    assertThat(operations.keySet()).isEqualTo(NEEDED.keySet());
    for (var operation : operations.entrySet()) {
      String id = operation.getKey();
      String needed = Objects.requireNonNull(NEEDED.get(id), id);
      for (String tenant : new String[] {OWN, "foreign", "*"}) {
        for (String role : new String[] {"viewer", "submitter", "operator"}) {
          String token = TestTokens.of("walker-" + id, "firesteel:" + tenant + ":" + role);
          assertThat(allowed(status(operation.getValue(), token)))
              .as("%s by a %s of %s", id, role, tenant)
              .isEqualTo(may(needed, role, tenant));
        }
      }
      assertThat(status(operation.getValue(), null)).as(id + " without a token").isEqualTo(401);
      assertThat(status(operation.getValue(), TestTokens.of("walker-none", "operator", "admin")))
          .as(id + " with roles of others")
          .isEqualTo(403);
      String all = "firesteel:*:operator";
      assertThat(status(operation.getValue(), TestTokens.signedBySomebodyElse(all)))
          .as(id + " with a forged token")
          .isEqualTo(401);
      assertThat(status(operation.getValue(), TestTokens.expired(all)))
          .as(id + " with an expired token")
          .isEqualTo(401);
    }
  }

  private static boolean may(String needed, String role, String tenant) {
    String[] words = needed.split(" of ", -1);
    boolean high = rank(role) >= rank(words[0]);
    return words.length == 1
        ? high && !tenant.equals("foreign")
        : high && (words[1].equals("any") || tenant.equals("*"));
  }

  private static int rank(String role) {
    return switch (role) {
      case "viewer" -> 1;
      case "submitter" -> 2;
      default -> 3;
    };
  }

  private static boolean allowed(int status) {
    assertThat(status).isNotEqualTo(500).isNotEqualTo(429);
    return status != 401 && status != 403;
  }

  private int status(String[] operation, @Nullable String token) throws Exception {
    String path =
        operation[1]
            .replace("{tenant}", OWN)
            .replace("{partition}", "0")
            .replace("{offset}", "123456789")
            .replaceAll("\\{\\w+}", "1");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(root.resolve(path))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .method(operation[0], HttpRequest.BodyPublishers.ofString("{}"));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
    response.body().close();
    return response.statusCode();
  }

  @Test
  void aJobIsSubmittedOnceSeenExplainedCancelledAndRunAgain() throws Exception {
    String jobs = "/v1/tenants/sales/jobs";
    JsonNode dry = call("putJob", 200, "PUT", jobs + "/rest-1?dryRun=true", TEMPLATE);
    assertThat(dry.path("dryRun").asBoolean()).isTrue();
    call("getJob", 404, "GET", jobs + "/rest-1", null);

    JsonNode receipt = call("putJob", 202, "PUT", jobs + "/rest-1", TEMPLATE);
    assertThat(receipt.at("/status/submitter/principal").asText()).isEqualTo("ann");
    assertThat(receipt.at("/status/template").asText()).isEqualTo("daily-totals");
    call("putJob", 200, "PUT", jobs + "/rest-1", TEMPLATE);
    JsonNode other =
        call("putJob", 409, "PUT", jobs + "/rest-1", TEMPLATE.replace("03-01", "03-02"));
    assertThat(other.path("code").asText()).isEqualTo("JOB_EXISTS");
    JsonNode bad =
        call("putJob", 422, "PUT", jobs + "/rest-2", TEMPLATE.replace("\"day\"", "\"dey\""));
    assertThat(bad.at("/errors/0/pointer").asText()).startsWith("/parameters/");

    JsonNode list =
        call(
            "listJobs", 200, "GET", jobs + "?submitter=@me&template=daily-totals&count=true", null);
    assertThat(list.path("items").findValuesAsText("jobId")).contains("rest-1");
    call("explainJob", 200, "GET", jobs + "/rest-1/explain", null);
    call("listAttempts", 200, "GET", jobs + "/rest-1/attempts", null);
    JsonNode events = call("listEvents", 200, "GET", jobs + "/rest-1/events", null);
    assertThat(events.path("items").findValuesAsText("type"))
        .contains("io.firesteel.job.accepted.v1");
    call("getTenant", 200, "GET", "/v1/tenants/sales", null);
    call("listTenants", 200, "GET", "/v1/tenants", null);
    call("listTemplates", 200, "GET", "/v1/tenants/sales/templates", null);
    call("getTemplate", 404, "GET", "/v1/tenants/sales/templates/none", null);

    JsonNode suspended = call("suspendTenant", 202, "PUT", "/v1/tenants/sales/suspension", null);
    assertThat(suspended.path("suspended").asBoolean()).isTrue();
    call("putJob", 202, "PUT", jobs + "/rest-3", TEMPLATE);
    JsonNode waits = call("explainJob", 200, "GET", jobs + "/rest-3/explain", null);
    assertThat(waits.path("summary").asText()).contains("is suspended");
    call("patchJob", 202, "PATCH", jobs + "/rest-3", "{\"priority\":3}");
    call("getLog", 409, "GET", jobs + "/rest-3/attempts/latest/log", null);
    JsonNode misspelt =
        call(
            "postOperation",
            400,
            "POST",
            "/v1/tenants/sales/operations",
            "{\"verb\":\"CANCEL\",\"filter\":{\"q\":\"rest-3\",\"phase\":[\"WAITING\"]}}");
    assertThat(misspelt.path("detail").asText()).contains("did you mean phases?");
    JsonNode counted =
        call(
            "postOperation",
            200,
            "POST",
            "/v1/tenants/sales/operations",
            "{\"verb\":\"CANCEL\",\"filter\":{\"q\":\"rest-3\"},\"dryRun\":true}");
    assertThat(counted.path("matched").asInt()).isEqualTo(1);
    call("cancelJob", 202, "POST", jobs + "/rest-3/cancel", null);
    call("cancelJob", 409, "POST", jobs + "/rest-3/cancel", "{\"reason\":\"again\"}");
    JsonNode again =
        call(
            "rerunJob",
            202,
            "POST",
            jobs + "/rest-3/rerun",
            "{\"parameters\":{\"day\":\"2026-03-09\"}}");
    assertThat(again.at("/status/parameters/day").asText()).isEqualTo("2026-03-09");
    call("resumeTenant", 202, "DELETE", "/v1/tenants/sales/suspension", null);
    call("listDeadLetters", 200, "GET", "/v1/dead-letters", null);
    call("getIdentity", 200, "GET", "/v1/me", null);
    call("listJobs", 400, "GET", jobs + "?cursor=x", null);
  }

  /** Calls an operation as an operator of all tenants, and checks the response. */
  private JsonNode call(
      String operation, int expected, String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(root.resolve(path))
            .timeout(Duration.ofSeconds(40))
            .header("Authorization", "Bearer " + TestTokens.of("ann", "firesteel:*:operator"))
            .header("Content-Type", "application/json")
            .header("Prefer", "wait=20")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
    assertThat(response.statusCode())
        .as("%s %s: %s", method, path, new String(response.body(), UTF_8))
        .isEqualTo(expected);
    contract.check(operation, expected, response.body());
    return JsonCodec.read(response.body(), JsonNode.class);
  }
}
