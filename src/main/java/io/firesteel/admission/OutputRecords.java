package io.firesteel.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudevents.CloudEvent;
import io.firesteel.admission.core.AdmissionOutput;
import io.firesteel.admission.core.DecisionException;
import io.firesteel.event.CloudEventEncoder;
import io.firesteel.event.JobEvent;
import io.firesteel.event.PublishedJobEvent;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.job.JobKey;
import io.firesteel.json.JsonCodec;
import io.firesteel.kafka.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the outputs of a decision before any of them is sent, so that one that cannot be encoded,
 * or that its topic would not accept, fails the decision and not the stream thread.
 */
final class OutputRecords {

  static final String DRIVERS = "drivers";
  static final String EVENTS = "events";
  static final String RESULTS = "results";
  static final String STATUS = "status";
  static final String INBOX = "to-inbox";
  static final String TENANTS = "tenants";
  static final String TENANT_STATUS = "tenant-status";

  /** More than Kafka adds to the key, the value and the headers of a record in a batch. */
  private static final int OVERHEAD = 1024;

  private final CloudEventEncoder encoder;
  private final Serializer<CloudEvent> events;

  OutputRecords(CloudEventEncoder encoder) {
    this.encoder = encoder;
    this.events = encoder.serializer();
  }

  /** A record and the sink that takes it. */
  record OutputRecord(String sink, Record<String, byte @Nullable []> record) {}

  /**
   * The records of a decision, in order.
   *
   * @param now their timestamp in milliseconds since 1970
   * @throws DecisionException if an output cannot be encoded or is too large
   */
  List<OutputRecord> encode(List<AdmissionOutput> outputs, long now) {
    List<OutputRecord> records = new ArrayList<>();
    for (AdmissionOutput output : outputs) {
      try {
        encode(output, now, records);
      } catch (RuntimeException | StackOverflowError e) {
        throw new DecisionException(job(output), e);
      }
    }
    return records;
  }

  private void encode(AdmissionOutput output, long now, List<OutputRecord> records) {
    switch (output) {
      case AdmissionOutput.SetDesiredDriver(var job, var driver) ->
          records.add(json(DRIVERS, job.toString(), driver, now));
      case AdmissionOutput.UpdateStatus(var job, var status) ->
          records.add(json(STATUS, job.toString(), status, now));
      case AdmissionOutput.SendToCohort(var cohort, var message) ->
          records.add(json(INBOX, cohort, message, now));
      case AdmissionOutput.UpdateTenantHome(var tenant, var home) ->
          records.add(json(TENANTS, tenant, home, now));
      case AdmissionOutput.PublishJobEvent(var event) -> {
        records.add(event(EVENTS, event.job().toString(), encoder.encode(event), now));
        if (event.event() instanceof JobEvent.JobEnded) {
          records.add(event(RESULTS, event.job().toString(), encoder.encode(event), now));
        }
      }
      case AdmissionOutput.PublishTenantEvent(var event) ->
          records.add(event(EVENTS, event.tenant(), encoder.encode(event), now));
      case AdmissionOutput.PhaseChanged _,
          AdmissionOutput.TenantLoad _,
          AdmissionOutput.TenantLeft _ -> {}
    }
  }

  private static OutputRecord json(String sink, String key, @Nullable Object value, long now) {
    byte[] bytes = value == null ? null : checkSize(key, JsonCodec.write(value), 0);
    return new OutputRecord(sink, new Record<>(key, bytes, now));
  }

  private OutputRecord event(String sink, String key, CloudEvent event, long now) {
    Headers headers = new RecordHeaders();
    byte[] bytes = events.serialize(sink, headers, event);
    int headerBytes = 0;
    for (Header header : headers) {
      headerBytes += header.key().length() + header.value().length + 2 * Integer.BYTES;
    }
    return new OutputRecord(
        sink, new Record<>(key, checkSize(key, bytes, headerBytes), now, headers));
  }

  /** Returns the value, if a record with it fits its topic. */
  static byte[] checkSize(String key, byte[] value, int headerBytes) {
    int bytes = key.getBytes(UTF_8).length + value.length + headerBytes + OVERHEAD;
    if (bytes > Topics.LARGEST_RECORD) {
      throw new IllegalStateException("a record has %d bytes".formatted(bytes));
    }
    return value;
  }

  private static @Nullable JobKey job(AdmissionOutput output) {
    return switch (output) {
      case AdmissionOutput.SetDesiredDriver(var job, _) -> job;
      case AdmissionOutput.UpdateStatus(var job, _) -> job;
      case AdmissionOutput.PublishJobEvent(PublishedJobEvent event) -> event.job();
      case AdmissionOutput.PhaseChanged phaseChanged -> phaseChanged.job();
      case AdmissionOutput.SendToCohort(_, InboxMessage.JobCopied copied) -> copied.key();
      case AdmissionOutput.PublishTenantEvent _,
          AdmissionOutput.TenantLoad _,
          AdmissionOutput.TenantLeft _,
          AdmissionOutput.SendToCohort _,
          AdmissionOutput.UpdateTenantHome _ ->
          null;
    };
  }
}
