package io.firesteel.admission.core;

import io.firesteel.admission.state.TrackedJob;
import io.firesteel.event.DriverPod;
import io.firesteel.event.Links;
import io.firesteel.job.JobKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * URLs with the placeholders {@code {tenant}}, {@code {job}}, {@code {cluster}}, {@code
 * {namespace}}, {@code {pod}} and {@code {applicationId}}; null means that there is no such link. A
 * link whose template names the pod, its namespace or its application appears once the pod has been
 * observed.
 */
public record LinkTemplates(
    @Nullable String logs, @Nullable String sparkUi, @Nullable String history) {

  /** No links. */
  public static final LinkTemplates NONE = new LinkTemplates(null, null, null);

  private static final String DEFAULT_CLUSTER = "default";

  Links fill(TrackedJob tracked) {
    if (logs == null && sparkUi == null && history == null) {
      return Links.NONE;
    }
    return new Links(fill(logs, tracked), fill(sparkUi, tracked), fill(history, tracked));
  }

  private static @Nullable String fill(@Nullable String template, TrackedJob tracked) {
    DriverPod pod = tracked.pod();
    if (template == null || (pod == null && needsPod(template))) {
      return null;
    }
    JobKey job = tracked.key();
    String cluster = tracked.head().cluster();
    String text =
        template
            .replace("{tenant}", encode(job.tenant()))
            .replace("{job}", encode(job.id()))
            .replace("{cluster}", encode(cluster == null ? DEFAULT_CLUSTER : cluster));
    return pod == null
        ? text
        : text.replace("{namespace}", encode(pod.namespace()))
            .replace("{pod}", encode(pod.name()))
            .replace("{applicationId}", encode(pod.applicationId()));
  }

  private static boolean needsPod(String template) {
    return template.contains("{namespace}")
        || template.contains("{pod}")
        || template.contains("{applicationId}");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
