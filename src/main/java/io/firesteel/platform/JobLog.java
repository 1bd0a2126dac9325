package io.firesteel.platform;

import io.firesteel.job.JobKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Adds fields to every line that this thread logs until it is closed: the job's tenant, its id and
 * the trace of its request. In JSON they are the members of {@code mdc}. For one thread; not
 * nested.
 */
public final class JobLog implements AutoCloseable {

  private static final int TRACE_ID_AT = 3;
  private static final int TRACE_ID_LENGTH = 32;

  private final List<String> fields = new ArrayList<>();

  private JobLog() {}

  /**
   * Adds the fields of a job.
   *
   * @param traceparent W3C trace context of the request, if it had one
   */
  public static JobLog about(JobKey job, @Nullable String traceparent) {
    return new JobLog()
        .with("tenant", job.tenant())
        .with("jobId", job.id())
        .with("traceId", traceparent == null ? null : traceId(traceparent));
  }

  /** Adds a field unless its value is null. It must not contain a payload or a secret. */
  public JobLog with(String field, @Nullable Object value) {
    if (value != null) {
      MDC.put(field, value.toString());
      fields.add(field);
    }
    return this;
  }

  @Override
  public void close() {
    fields.forEach(MDC::remove);
  }

  private static @Nullable String traceId(String traceparent) {
    int end = TRACE_ID_AT + TRACE_ID_LENGTH;
    return traceparent.length() < end ? null : traceparent.substring(TRACE_ID_AT, end);
  }
}
