package io.firesteel.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.json.FieldReader;
import io.firesteel.json.Rule;
import io.firesteel.json.ValidationError;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads notifications of Azure Blob Storage and Data Lake through Event Grid, in its own schema and
 * as CloudEvents in structured and binary mode. The hierarchical store sends two events for each
 * file; the first one, for the empty file, is ignored.
 */
final class AzureEvents {

  private static final String CREATED = "Microsoft.Storage.BlobCreated";
  private static final Pattern SUBJECT =
      Pattern.compile(
          "/blobServices/default/containers/([^/]{1,255})/blobs/(.{1,4096})", Pattern.DOTALL);

  private AzureEvents() {}

  static boolean recognizes(JsonNode node, Map<String, String> headers) {
    return type(node, headers).startsWith("Microsoft.");
  }

  private static String type(JsonNode node, Map<String, String> headers) {
    String own = node.path("eventType").asText(node.path("type").asText(""));
    return own.startsWith("Microsoft.") ? own : headers.getOrDefault("ce_type", "");
  }

  static Notification read(JsonNode node, String pointer, Map<String, String> headers) {
    String type = type(node, headers);
    if (!type.equals(CREATED)) {
      return new Notification.Ignored();
    }
    boolean binary = headers.containsKey("ce_type") && !node.has("subject");
    var errors = new ArrayList<ValidationError>();
    var fields = FieldReader.of(node, pointer, errors);
    String subject =
        binary ? headers.get("ce_subject") : fields.required("subject", Rule.text(8192));
    Instant time =
        fields.read(node.has("eventTime") ? "eventTime" : "time", NotificationRules.TIME);
    AzureBlob blob = binary ? blob(fields) : fields.object("data", AzureEvents::blob);
    if (!errors.isEmpty()) {
      return new Notification.MalformedNotification(errors);
    }
    Matcher place = SUBJECT.matcher(subject == null ? "" : subject);
    if (blob == null || !place.matches()) {
      return new Notification.MalformedNotification(
          List.of(
              new ValidationError(
                  pointer,
                  "must have data, and a subject /blobServices/default/containers/…/blobs/…")));
    }
    return blob.isEmptyFile()
        ? new Notification.Ignored()
        : new Notification.NewObject(blob.created(place.group(1), place.group(2), time));
  }

  private static @Nullable AzureBlob blob(FieldReader data) {
    String api = data.required("api", NotificationRules.NAME);
    String url = data.required("url", Rule.text(8192));
    Long size = data.read("contentLength", NotificationRules.SIZE);
    String etag = data.read("eTag", NotificationRules.NAME);
    String sequencer = data.read("sequencer", NotificationRules.SEQUENCER);
    if (api == null || url == null) {
      return null;
    }
    String account = storageAccount(url);
    if (account == null) {
      data.addError("url", "must be the URL of a blob in a storage account");
      return null;
    }
    return new AzureBlob(api, url, account, size, etag, sequencer);
  }

  private static @Nullable String storageAccount(String url) {
    try {
      String host = new URI(url.replaceAll("[^\\x21-\\x7e]|[\"<>\\\\^`{|}\\[\\]]", "_")).getHost();
      return host == null || host.isEmpty() ? null : host.split("\\.", 2)[0];
    } catch (URISyntaxException _) {
      return null;
    }
  }

  private record AzureBlob(
      String api,
      String url,
      String account,
      @Nullable Long size,
      @Nullable String etag,
      @Nullable String sequencer) {

    boolean isEmptyFile() {
      return api.equals("CreateFile") && (size == null || size == 0);
    }

    ObjectCreated created(String container, String key, @Nullable Instant time) {
      String tag = etag == null ? null : etag.replace("\"", "");
      return new ObjectCreated(
          ObjectStore.AZURE,
          account,
          container,
          key,
          url,
          size,
          tag,
          tag != null ? "e:" + tag : ObjectCreated.versionOf(null, sequencer, null, time),
          sequencer,
          api,
          time);
    }
  }
}
