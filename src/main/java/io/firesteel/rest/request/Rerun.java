package io.firesteel.rest.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.event.JobStatus;
import io.firesteel.intake.request.Envelope;
import io.firesteel.job.Sha256;
import io.firesteel.json.JsonCodec;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The request that runs a job again: the original one under a new id, without what was about its
 * own time and place: dependencies, the earliest start and absolute deadlines. Pure.
 */
public final class Rerun {

  private static final Pattern SUFFIX = Pattern.compile("-rerun-[0-9a-f]{8}$");
  private static final int DIGITS = 8;
  private static final int MAX_ID = 253;
  private static final String ID_ANNOTATION = "firesteel.io/job-id";

  private Rerun() {}

  /**
   * The id of a re-run; the same for the same call.
   *
   * @param call identifies the call
   */
  public static String id(JobStatus job, String call) {
    String base = SUFFIX.matcher(job.jobId()).replaceFirst("");
    String suffix =
        "-rerun-"
            + Sha256.of(job.jobId() + "\0" + job.generation() + "\0" + call).substring(0, DIGITS);
    int end = Math.min(base.length(), MAX_ID - suffix.length());
    boolean splits = end > 0 && Character.isHighSurrogate(base.charAt(end - 1));
    return base.substring(0, splits ? end - 1 : end) + suffix;
  }

  /** The request of a job, from its message. */
  public static ObjectNode request(
      Envelope envelope, Map<String, JsonNode> parameters, @Nullable Integer priority) {
    ObjectNode request = envelope.data().deepCopy();
    if (envelope.plain()) {
      request.remove(List.of(Envelope.PLAIN_FIELDS));
    }
    return changed(request, parameters, priority);
  }

  /** The request of a job that a trigger requested, from its status. */
  public static ObjectNode request(
      JobStatus job, Map<String, JsonNode> parameters, @Nullable Integer priority) {
    ObjectNode request = JsonCodec.MAPPER.createObjectNode();
    request.put("template", job.template());
    var defaults = job.parameters();
    request.set("parameters", JsonCodec.toTree(defaults == null ? Map.of() : defaults));
    request.put("priority", job.priority());
    if (!job.labels().isEmpty()) {
      request.set("labels", JsonCodec.toTree(job.labels()));
    }
    return changed(request, parameters, priority);
  }

  private static ObjectNode changed(
      ObjectNode request, Map<String, JsonNode> parameters, @Nullable Integer priority) {
    if (request.path("metadata").path("annotations") instanceof ObjectNode annotations) {
      annotations.remove(ID_ANNOTATION);
    }
    request.remove(List.of("jobId", "dependsOn", "notBefore"));
    if (request.get("deadline") instanceof ObjectNode deadline) {
      deadline.remove(List.of("startBy", "finishBy"));
    }
    if (!parameters.isEmpty()) {
      ObjectNode merged =
          request.get("parameters") instanceof ObjectNode given
              ? given
              : request.putObject("parameters");
      parameters.forEach(merged::set);
    }
    if (priority != null) {
      request.put("priority", priority);
    }
    return request;
  }
}
